package io.playgrant.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the times of RFC 3339 section 5.6. */
public final class Rfc3339 {

    /** Stricter than the JDK, which accepts an hour 24 and times without seconds. */
    private static final Pattern FORM =
            Pattern.compile("(?<minute>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt](?:[01][0-9]|2[0-3]):[0-9]{2}):"
                    + "(?<second>[0-9]{2})(?<fraction>\\.[0-9]+)?(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})");

    private static final String LEAP_SECOND = "60";
    private static final String SECOND_BEFORE = "59";

    /** The JDK parses at most nine digits after the point. */
    private static final int LONGEST_FRACTION = 10;

    private Rfc3339() {}

    /**
     * Reads a time. A leap second, which the JDK does not have, is read as the second before it.
     *
     * @return the time, to the nanosecond; empty if the text is not an RFC 3339 time
     */
    public static Optional<Instant> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        boolean isLeapSecond = form.group("second").equals(LEAP_SECOND);
        String second = isLeapSecond ? SECOND_BEFORE : form.group("second");
        String fraction = form.group("fraction") == null || isLeapSecond ? "" : form.group("fraction");
        try {
            OffsetDateTime time = OffsetDateTime.parse(form.group("minute") + ":" + second
                            + fraction.substring(0, Math.min(fraction.length(), LONGEST_FRACTION))
                            + form.group("offset"))
                    .withOffsetSameInstant(ZoneOffset.UTC);
            return isLeapSecond && !isLastSecondOfADay(time) ? Optional.empty() : Optional.of(time.toInstant());
        } catch (DateTimeException e) {
            // The day or the offset does not exist. The message is dropped: it quotes the text, which may be a secret.
            return Optional.empty();
        }
    }

    /** Leap seconds are inserted at the end of a day in UTC, which is another time of day in other zones. */
    private static boolean isLastSecondOfADay(OffsetDateTime utc) {
        return utc.getHour() == 23 && utc.getMinute() == 59;
    }
}
