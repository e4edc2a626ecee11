package io.playgrant.record;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.time.Rfc3339;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which records are asked for. The index leads to an account's environment and a time; whatever else is asked for is looked for in all
 * records of that time, so that it must have a beginning: see {@link #bounded}.
 *
 * @param account whose records
 * @param environment of which environment
 * @param filter what they must have
 * @param from the earliest time; null for any
 * @param to the end of the time, which is not part of it; null for any
 * @param before the end of the page before; null for the first page
 * @param limit how many records at most, from 1
 */
public record RecordQuery(
        long account,
        Environment environment,
        Filter filter,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable RecordCursor before,
        int limit) {

    /** How far a filter looks back if nothing else is said. */
    public static final Duration USUAL_WINDOW = Duration.ofDays(1);

    /** The first time that can be asked for. */
    public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    /** The last time that can be asked for. */
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * What records must have; what is null does not matter.
     *
     * @param cookie exactly this cookie
     * @param tokenId this token, 32 hexadecimal digits in lower case
     * @param kid this key id among others
     * @param code this outcome; 0 for a token
     */
    public record Filter(
            @Nullable String cookie,
            @Nullable String tokenId,
            @Nullable KeyId kid,
            @Nullable Integer code) {

        /** Anything will do. */
        public static final Filter NONE = new Filter(null, null, null, null);

        /** As it is stored. */
        public Filter {
            cookie = TokenRecord.storableCookie(cookie);
        }

        /** Whether anything will do. */
        public boolean isNone() {
            return equals(NONE);
        }

        /** What the client sent may be anything. */
        @Override
        public String toString() {
            return isNone() ? "Filter[]" : "Filter[***]";
        }
    }

    /** Reads a time of RFC 3339; empty if it is none, or one that no database can hold. */
    public static Optional<Instant> time(String text) {
        return read(text).filter(time -> !time.isBefore(EARLIEST) && !time.isAfter(LATEST));
    }

    private static Optional<Instant> read(String text) {
        try {
            // Seconds may be missing, as people write times on a command line.
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Rfc3339.parse(text);
        }
    }

    /**
     * The same query; with a filter, its time has a beginning, {@link #USUAL_WINDOW} before its end unless it had one.
     *
     * @param now the end of a time that has none
     */
    public RecordQuery bounded(Instant now) {
        if (filter.isNone() || from != null) {
            return this;
        }
        Instant end = to == null ? now : to;
        Instant begin = end.minus(USUAL_WINDOW);
        return new RecordQuery(
                account, environment, filter, begin.isBefore(EARLIEST) ? EARLIEST : begin, to, before, limit);
    }
}
