package io.playgrant.console.page;

import io.playgrant.account.Limit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers and times as pages show them. */
public final class PageText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PageText() {}

    /** A number with its digits in groups. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A limit with its digits in groups, or {@code any}. */
    static String grouped(Limit limit) {
        Long most = limit.most();
        return most == null ? "any" : grouped(most);
    }

    /** A share in percent. */
    static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    /** A time for the template {@code time}: in UTC, with the distance from now as its hint. */
    public static Map<String, Object> time(Instant at, Instant now) {
        return Map.of("iso", at.toString(), "text", TIME.format(at), "hint", distance(at, now));
    }

    /** A time, or false, which hides its section. */
    public static Object timeOrNone(@Nullable Instant at, Instant now) {
        return at == null ? false : time(at, now);
    }

    private static String distance(Instant at, Instant now) {
        Duration distance = Duration.between(at, now);
        String length = length(distance.abs());
        return distance.isNegative() ? "in " + length : length + " ago";
    }

    private static String length(Duration duration) {
        if (duration.toMinutes() < 1) {
            return counted(duration.toSeconds(), "second");
        }
        if (duration.toHours() < 1) {
            return counted(duration.toMinutes(), "minute");
        }
        return duration.toDays() < 2 ? counted(duration.toHours(), "hour") : counted(duration.toDays(), "day");
    }

    private static String counted(long number, String unit) {
        return grouped(number) + " " + unit + (number == 1 ? "" : "s");
    }
}
