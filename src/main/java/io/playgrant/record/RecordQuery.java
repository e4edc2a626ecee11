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
 * A query for records. Indexes cover account, environment and time. Other criteria require a scan of all records of the period, which must
 * therefore have a beginning, see {@link #bounded}, or a budget, see {@link Records#search}.
 *
 * @param account the account of the records; null for all accounts
 * @param environment the environment of the records; null for both
 * @param filter other criteria
 * @param from the beginning of the period; null for none
 * @param to the end of the period, exclusive; null for none
 * @param before the cursor at the end of the previous page; null for the first page
 * @param limit the largest number of records, at least 1
 */
public record RecordQuery(
        @Nullable Long account,
        @Nullable Environment environment,
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
     * @param code this outcome; 0 for a token or a licence
     * @param requestId exactly this id
     * @param contentId exactly this content id
     * @param address exactly this address of the caller
     * @param operation requests for tokens, or those of players
     * @param anyId this token, or this key id among others: 32 hexadecimal digits in lower case
     */
    public record Filter(
            @Nullable String cookie,
            @Nullable String tokenId,
            @Nullable KeyId kid,
            @Nullable Integer code,
            @Nullable String requestId,
            @Nullable String contentId,
            @Nullable String address,
            TokenRecord.@Nullable Operation operation,
            @Nullable String anyId) {

        /** The filter that matches every record. */
        public static final Filter NONE = new Filter(null, null, null, null);

        /** Converts texts to their stored form. */
        public Filter {
            cookie = TokenRecord.storableCookie(cookie);
            requestId = requestId == null ? null : TokenRecord.storableRequestId(requestId);
            contentId = TokenRecord.storableContentId(contentId);
            address = TokenRecord.storableAddress(address);
        }

        /** The filter with these criteria. */
        public Filter(@Nullable String cookie, @Nullable String tokenId, @Nullable KeyId kid, @Nullable Integer code) {
            this(cookie, tokenId, kid, code, null, null, null, null, null);
        }

        /** This filter, and with this request id. */
        public Filter withRequestId(@Nullable String value) {
            return new Filter(cookie, tokenId, kid, code, value, contentId, address, operation, anyId);
        }

        /** This filter, and with this content id. */
        public Filter withContentId(@Nullable String value) {
            return new Filter(cookie, tokenId, kid, code, requestId, value, address, operation, anyId);
        }

        /** This filter, and with this address of the caller. */
        public Filter withAddress(@Nullable String value) {
            return new Filter(cookie, tokenId, kid, code, requestId, contentId, value, operation, anyId);
        }

        /** This filter, and with this operation. */
        public Filter withOperation(TokenRecord.@Nullable Operation value) {
            return new Filter(cookie, tokenId, kid, code, requestId, contentId, address, value, anyId);
        }

        /** This filter, and with this id of a token or a key. */
        public Filter withAnyId(@Nullable String value) {
            return new Filter(cookie, tokenId, kid, code, requestId, contentId, address, operation, value);
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
                    && (code == null || code == record.code())
                    && (requestId == null || requestId.equals(record.requestId()))
                    && (contentId == null || contentId.equals(record.contentId()))
                    && (address == null || address.equals(record.address()))
                    && (operation == null || operation == record.operation())
                    && (anyId == null || isOf(record, anyId));
        }

        private static boolean isOf(TokenRecord record, String id) {
            return id.equals(record.tokenId())
                    || record.kids().stream().anyMatch(kid -> kid.toString().equals(id));
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
