package io.playgrant.token;

import io.playgrant.time.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** The protocol's two ways of writing a time: RFC 3339 with {@code Z}, and {@code +<seconds>} from now. */
public final class TimeParameter {

    /** A space is a plus sign that a client forgot to encode. */
    private static final Pattern RELATIVE = Pattern.compile("[+ ][0-9]{1,10}");

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
        if (text.endsWith("Z") || text.endsWith("z")) {
            return Rfc3339.parse(text)
                    .orElseThrow(() -> new DateTimeException("no such time"))
                    .truncatedTo(ChronoUnit.SECONDS);
        }
        throw new DateTimeException("neither RFC 3339 with Z nor +<seconds>");
    }
}
