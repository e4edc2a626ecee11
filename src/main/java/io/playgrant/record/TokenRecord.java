package io.playgrant.record;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The record of an answer to a request for a token, or for a licence. Texts of clients are cut to the length that a valid request allows,
 * and characters that cannot be stored are replaced, so that a record is never refused because of a client's text.
 *
 * @param time the time of the answer, to the microsecond
 * @param requestId the id of the answer: its {@code X-Request-Id}, or in a message, a stream or a file the id that the client chose
 * @param tokenId the id of the token; null if there is none
 * @param account the number of the account that asked for the token
 * @param environment the environment of its authenticator
 * @param code 0, or the number of the error
 * @param kids the requested key ids, as far as they could be read, or those of the token; at most 16
 * @param contentId as the client sent it, if it did so once
 * @param cookie as the client sent it, if it did so once
 * @param source the transport of the request
 * @param address the caller's address; null for queues and for commands
 * @param redemption null if a token was asked for, not a licence
 */
public record TokenRecord(
        Instant time,
        String requestId,
        @Nullable String tokenId,
        long account,
        Environment environment,
        int code,
        List<KeyId> kids,
        @Nullable String contentId,
        @Nullable String cookie,
        Source source,
        @Nullable String address,
        @Nullable RedemptionRecord redemption) {

    /** The {@link #code} of a token, or a licence. */
    public static final int ISSUED = 0;

    private static final int LONGEST_REQUEST_ID = 128;
    private static final int LONGEST_CONTENT_ID = 128;
    private static final int LONGEST_COOKIE = 64;
    private static final int LONGEST_ADDRESS = 64;
    private static final int MOST_KIDS = 16;

    /** The transport of a request. */
    public enum Source {
        /** A single request, or a line of a stream. */
        HTTP(1),
        /** A message of a topic. */
        KAFKA(2),
        /** A message of a queue. */
        JMS(3),
        /** A command, on this machine. */
        BATCH(4),
        /** An operator, with the admin API or the console. */
        CONSOLE(5);

        private final int number;

        Source(int number) {
            this.number = number;
        }

        /** The name in lower case, as in JSON and output. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The number in the database. */
        int number() {
            return number;
        }

        static Source of(int number) {
            for (Source source : values()) {
                if (source.number == number) {
                    return source;
                }
            }
            throw new IllegalArgumentException("no source has the number " + number);
        }

        static Source of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /** The purpose of a request. */
    public enum Operation {
        /** A back end asks for a token. */
        TOKEN,
        /** A player asks for a new licence. */
        LICENSE,
        /** A player asks to renew a licence. */
        RENEWAL,
        /** A player gives a licence up. */
        RELEASE;

        /** The name in lower case, as in output. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The operation with a label, which must exist. */
        public static Operation of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }

        private static Operation of(RedemptionRecord.Kind kind) {
            return switch (kind) {
                case LICENSE -> LICENSE;
                case RENEWAL -> RENEWAL;
                case RELEASE -> RELEASE;
            };
        }
    }

    /** Makes all texts storable. */
    public TokenRecord {
        time = toMicros(time);
        requestId = storableRequestId(requestId);
        kids = List.copyOf(kids.size() <= MOST_KIDS ? kids : kids.subList(0, MOST_KIDS));
        contentId = storableContentId(contentId);
        cookie = storableCookie(cookie);
        address = storableAddress(address);
    }

    /** As {@link Instant#truncatedTo}, which takes five times as long. */
    private static Instant toMicros(Instant time) {
        int excess = time.getNano() % 1_000;
        return excess == 0 ? time : Instant.ofEpochSecond(time.getEpochSecond(), time.getNano() - excess);
    }

    /** The purpose of the request. */
    public Operation operation() {
        return redemption == null ? Operation.TOKEN : Operation.of(redemption.kind());
    }

    /** The record of a request for a token with a refusal instead of the token. */
    public TokenRecord refused(ErrorCode error) {
        return new TokenRecord(
                time,
                requestId,
                null,
                account,
                environment,
                error.number(),
                kids,
                contentId,
                cookie,
                source,
                address,
                null);
    }

    /** The stored form of a cookie, for searches. */
    static @Nullable String storableCookie(@Nullable String cookie) {
        return cookie == null ? null : StorableText.of(cookie, LONGEST_COOKIE);
    }

    /** The stored form of a request id, for searches. */
    static String storableRequestId(String requestId) {
        return StorableText.of(requestId, LONGEST_REQUEST_ID);
    }

    /** The stored form of an address, for searches. */
    static @Nullable String storableAddress(@Nullable String address) {
        return address == null ? null : StorableText.of(address, LONGEST_ADDRESS);
    }

    /** The stored form of a content id, for searches. */
    static @Nullable String storableContentId(@Nullable String contentId) {
        return contentId == null ? null : StorableText.of(contentId, LONGEST_CONTENT_ID);
    }

    /** Without texts of the client. */
    @Override
    public String toString() {
        return "TokenRecord[" + time + " account=" + account + " code=" + code + "]";
    }
}
