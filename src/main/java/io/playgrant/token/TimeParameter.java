package io.playgrant.token;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** The protocol's two ways of writing a time: RFC 3339 with {@code Z}, and {@code +<seconds>} from now. */
public final class TimeParameter {

    /** A space is a plus sign that a client forgot to encode. */
    private static final Pattern RELATIVE = Pattern.compile("[+ ][0-9]{1,10}");

    /** RFC 3339 section 5.6 with the offset Z; stricter than the JDK, which knows an hour 24. */
    private static final Pattern ABSOLUTE =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt](?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?[Zz]");

    /** Cut off before the JDK sees it, which knows nine digits. */
    private static final Pattern FRACTION = Pattern.compile("\\.[0-9]+");

    private TimeParameter() {}

    /**
     * Reads a time.
     *
     * @param now what a relative time is counted from
     * @return whole seconds; a fraction is cut off
     * @throws DateTimeException if it is written in neither way; the message does not hold the text
     */
    public static Instant parse(String text, Instant now) {
        if (RELATIVE.matcher(text).matches()) {
            return now.plusSeconds(Long.parseLong(text.substring(1))).truncatedTo(ChronoUnit.SECONDS);
        }
        if (ABSOLUTE.matcher(text).matches()) {
            try {
                return Instant.parse(FRACTION.matcher(text).replaceFirst("")).truncatedTo(ChronoUnit.SECONDS);
            } catch (DateTimeParseException e) {
                // Its message quotes the text.
                throw new DateTimeException("no such time");
            }
        }
        throw new DateTimeException("neither RFC 3339 with Z nor +<seconds>");
    }
}
