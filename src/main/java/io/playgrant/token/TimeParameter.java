package io.playgrant.token;

import io.playgrant.time.Rfc3339;
import io.playgrant.token.constraint.Texts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Reads the protocol's two forms of a time: RFC 3339 with {@code Z}, and {@code +<seconds>} from now. */
public final class TimeParameter {

    /** A relative time with more digits exceeds every accepted time. */
    private static final int MOST_DIGITS = 10;

    private TimeParameter() {}

    /**
     * Reads a time.
     *
     * @param now the start of a relative time
     * @return whole seconds; a fraction is cut off
     * @throws DateTimeException if the text has neither form; the message does not contain the text
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
