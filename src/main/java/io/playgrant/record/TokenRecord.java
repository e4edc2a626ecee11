package io.playgrant.record;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a token was answered. Texts of clients are cut where they are longer than a valid request allows, and characters
 * that cannot be stored are replaced: a record is never refused for what a client sent.
 *
 * @param time when, to the microsecond
 * @param requestId the id that the answer has: its {@code X-Request-Id}, or in a message, a stream or a file the id that the client chose
 * @param tokenId the id of the token; null if there is none
 * @param account the number of the account that asked
 * @param environment that of its authenticator
 * @param code 0, or the number of the error
 * @param kids the key ids that were asked for, as far as they could be read; 16 at most
 * @param contentId as the client sent it, if it did so once
 * @param cookie as the client sent it, if it did so once
 * @param source how the request came
 * @param address the caller's address; null if it came by a queue or from this machine's command line
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
        @Nullable String address) {

    /** The {@link #code} of a token. */
    public static final int ISSUED = 0;

    private static final int LONGEST_REQUEST_ID = 128;
    private static final int LONGEST_CONTENT_ID = 128;
    private static final int LONGEST_COOKIE = 64;
    private static final int LONGEST_ADDRESS = 64;
    private static final int MOST_KIDS = 16;

    /** How a request came. */
    public enum Source {
        /** A single request, or a line of a stream. */
        HTTP,
        /** A message of a topic. */
        KAFKA,
        /** A message of a queue. */
        JMS,
        /** A command, on this machine. */
        BATCH;

        /** The name in lower case, as people and JSON see it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Source of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /** Makes everything storable. */
    public TokenRecord {
        time = time.truncatedTo(ChronoUnit.MICROS);
        requestId = StorableText.of(requestId, LONGEST_REQUEST_ID);
        kids = List.copyOf(kids.size() <= MOST_KIDS ? kids : kids.subList(0, MOST_KIDS));
        contentId = storableContentId(contentId);
        cookie = storableCookie(cookie);
        address = address == null ? null : StorableText.of(address, LONGEST_ADDRESS);
    }

    /** The same request, refused after all. */
    public TokenRecord refused(ErrorCode error) {
        return new TokenRecord(
                time, requestId, null, account, environment, error.number(), kids, contentId, cookie, source, address);
    }

    /** A cookie as it is stored, to be looked for. */
    static @Nullable String storableCookie(@Nullable String cookie) {
        return cookie == null ? null : StorableText.of(cookie, LONGEST_COOKIE);
    }

    private static @Nullable String storableContentId(@Nullable String contentId) {
        return contentId == null ? null : StorableText.of(contentId, LONGEST_CONTENT_ID);
    }

    /** Nothing that the client sent. */
    @Override
    public String toString() {
        return "TokenRecord[" + time + " account=" + account + " code=" + code + "]";
    }
}
