package io.playgrant.token;

import io.playgrant.time.Rfc3339;
import io.playgrant.token.constraint.Texts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The protocol's two ways of writing a time: RFC 3339 with {@code Z}, and {@code +<seconds>} from now. */
public final class TimeParameter {

    /** More digits of a relative time are more than any time that is accepted. */
    private static final int MOST_DIGITS = 10;

    private TimeParameter() {}

    /**
     * Reads a time.
     *
     * @param now what a relative time is counted from
     * @return whole seconds; a fraction is cut off
     * @throws DateTimeException if it is written in neither way; the message does not hold the text
     */
    public static Instant parse(String text, Instant now) {
        if (isRelative(text)) {
            return now.plusSeconds(Long.parseLong(text, 1, text.length(), 10)).truncatedTo(ChronoUnit.SECONDS);
        }
        if (text.endsWith("Z") || text.endsWith("z")) {
            return Rfc3339.parse(text)
                    .orElseThrow(() -> new DateTimeException("no such time"))
                    .truncatedTo(ChronoUnit.SECONDS);
        }
        throw new DateTimeException("neither RFC 3339 with Z nor +<seconds>");
    }

    private static boolean isRelative(String text) {
        // A space is a plus sign that a client forgot to encode.
        return (text.startsWith("+") || text.startsWith(" "))
                && text.length() <= MOST_DIGITS + 1
                && Texts.hasDigitsOnly(text, 1);
    }
}
