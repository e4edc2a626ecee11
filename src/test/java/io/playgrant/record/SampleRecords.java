package io.playgrant.record;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as the flow makes them. */
final class SampleRecords {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123456Z");
    static final long ACCOUNT = 1001;

    private SampleRecords() {}

    /** A token, that number of seconds ago. */
    static TokenRecord token(int secondsAgo) {
        return new TokenRecord(
                NOW.minusSeconds(secondsAgo),
                "%016x".formatted(secondsAgo),
                "7e57%028x".formatted(secondsAgo),
                ACCOUNT,
                Environment.PRODUCTION,
                TokenRecord.ISSUED,
                List.of(KeyId.ofName("film"), KeyId.ofName("film " + secondsAgo)),
                "content",
                "cookie " + secondsAgo,
                TokenRecord.Source.HTTP,
                "192.0.2.1",
                null);
    }

    /** The same token redeemed, that number of seconds ago. */
    static TokenRecord redemption(TokenRecord token, int secondsAgo, int code, RedemptionRecord redemption) {
        return new TokenRecord(
                NOW.minusSeconds(secondsAgo),
                "%016x".formatted(secondsAgo),
                token.tokenId(),
                token.account(),
                token.environment(),
                code,
                token.kids(),
                token.contentId(),
                token.cookie(),
                TokenRecord.Source.HTTP,
                "192.0.2.2",
                redemption);
    }

    /** A licence about which everything is known. */
    static RedemptionRecord licence() {
        return new RedemptionRecord(
                RedemptionRecord.Kind.LICENSE,
                "answered again",
                "widevine-cloud",
                "OK",
                new RedemptionRecord.Device("Make", "Model", 1, 4_464L, "PLATFORM_VERIFIED", "0a1b".repeat(16)));
    }

    /** A refusal of which nothing is known but who asked, that number of seconds ago. */
    static TokenRecord bare(int secondsAgo, long account, Environment environment) {
        return new TokenRecord(
                NOW.minusSeconds(secondsAgo),
                "id",
                null,
                account,
                environment,
                -4018,
                List.of(),
                null,
                null,
                TokenRecord.Source.KAFKA,
                null,
                null);
    }

    /** A token at a time, with an id. */
    static TokenRecord at(Instant time, String requestId) {
        TokenRecord token = token(0);
        return new TokenRecord(
                time,
                requestId,
                token.tokenId(),
                ACCOUNT,
                token.environment(),
                token.code(),
                token.kids(),
                token.contentId(),
                "cookie " + requestId,
                token.source(),
                token.address(),
                null);
    }

    static TokenRecord withTexts(TokenRecord record, String requestId, String contentId, String cookie) {
        return new TokenRecord(
                record.time(),
                requestId,
                record.tokenId(),
                record.account(),
                record.environment(),
                record.code(),
                record.kids(),
                contentId,
                cookie,
                record.source(),
                record.address(),
                null);
    }

    static RecordQuery all(int limit) {
        return query(RecordQuery.Filter.NONE, null, limit);
    }

    static RecordQuery query(RecordQuery.Filter filter, @Nullable RecordCursor before, int limit) {
        return new RecordQuery(ACCOUNT, Environment.PRODUCTION, filter, null, null, before, limit);
    }
}
