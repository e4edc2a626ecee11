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
 * A query for records. The index covers account, environment and time. Other criteria require a scan of all records of the period, which
 * must therefore have a beginning: see {@link #bounded}.
 *
 * @param account the account of the records
 * @param environment the environment of the records
 * @param filter other criteria
 * @param from the beginning of the period; null for none
 * @param to the end of the period, exclusive; null for none
 * @param before the cursor at the end of the previous page; null for the first page
 * @param limit the largest number of records, at least 1
 */
public record RecordQuery(
        long account,
        Environment environment,
        Filter filter,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable RecordCursor before,
        int limit) {

    /** The period that a filter searches by default. */
    public static final Duration USUAL_WINDOW = Duration.ofDays(1);

    /** The earliest time in a query. */
    public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    /** The latest time in a query. */
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * Criteria of records. Null criteria match every record.
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

        /** The filter that matches every record. */
        public static final Filter NONE = new Filter(null, null, null, null);

        /** Converts the cookie to its stored form. */
        public Filter {
            cookie = TokenRecord.storableCookie(cookie);
        }

        /** Whether the filter matches every record. */
        public boolean isNone() {
            return equals(NONE);
        }

        /** Whether a record meets all criteria. */
        boolean matches(TokenRecord record) {
            return (cookie == null || cookie.equals(record.cookie()))
                    && (tokenId == null || tokenId.equals(record.tokenId()))
                    && (kid == null || record.kids().contains(kid))
                    && (code == null || code == record.code());
        }

        /** Without the values, which clients chose. */
        @Override
        public String toString() {
            return isNone() ? "Filter[]" : "Filter[***]";
        }
    }

    /** Reads an RFC 3339 time. Empty if the text is not one, or if databases cannot store it. */
    public static Optional<Instant> time(String text) {
        return read(text).filter(time -> !time.isBefore(EARLIEST) && !time.isAfter(LATEST));
    }

    private static Optional<Instant> read(String text) {
        try {
            // Seconds may be missing on a command line.
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Rfc3339.parse(text);
        }
    }

    /**
     * The query, with a beginning of its period if it has a filter: by default {@link #USUAL_WINDOW} before the end.
     *
     * @param now the end of the period if the query has none
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
