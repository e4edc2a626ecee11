package io.playgrant.view.story;

import io.playgrant.record.RecordObject;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.TokenRecord;
import io.playgrant.revocation.Revocation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a token.
 *
 * @param time when
 * @param kind the kind of event
 * @param text a sentence about it
 * @param record its record, if it has one
 * @param advice what to do about it, if it is a refusal
 */
public record StoryEvent(Instant time, Kind kind, String text, Optional<TokenRecord> record, Optional<Advice> advice) {

    /** The kind of an event. */
    public enum Kind {
        ISSUED,
        REDEEMED,
        RENEWED,
        RELEASED,
        REFUSED,
        REVOKED,
        EXPIRED,
        EXPIRES;

        /** The name in lower case, as in JSON and output. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The event of a record. */
    static StoryEvent of(TokenRecord record) {
        RedemptionRecord redemption = record.redemption();
        Optional<Advice> advice = Advice.of(record);
        if (record.code() != TokenRecord.ISSUED) {
            String text = advice.map(Advice::why).orElse("The request was refused with code " + record.code() + ".");
            return new StoryEvent(record.time(), Kind.REFUSED, text, Optional.of(record), advice);
        }
        if (redemption == null) {
            return event(record, Kind.ISSUED, "The token was issued.");
        }
        return switch (redemption.kind()) {
            case LICENSE ->
                event(
                        record,
                        Kind.REDEEMED,
                        redemption.reason() == null
                                ? "The player got a licence."
                                : "The player got the licence again, which is not counted.");
            case RENEWAL -> event(record, Kind.RENEWED, "The player renewed its licence.");
            case RELEASE -> event(record, Kind.RELEASED, "The player gave its licence up.");
        };
    }

    private static StoryEvent event(TokenRecord record, Kind kind, String text) {
        return new StoryEvent(record.time(), kind, text, Optional.of(record), Optional.empty());
    }

    /** The event of a revocation in force. */
    static StoryEvent of(Revocation revocation) {
        return new StoryEvent(
                revocation.revokedAt(),
                Kind.REVOKED,
                "Revocation " + revocation.id() + " by " + revocation.who()
                        + (revocation.reason().isEmpty() ? "." : ": " + revocation.reason()),
                Optional.empty(),
                Optional.empty());
    }

    /** The end of a token. */
    static StoryEvent ofEnd(Instant expiresAt, Instant now) {
        return expiresAt.isAfter(now)
                ? new StoryEvent(expiresAt, Kind.EXPIRES, "The token will expire.", Optional.empty(), Optional.empty())
                : new StoryEvent(expiresAt, Kind.EXPIRED, "The token expired.", Optional.empty(), Optional.empty());
    }

    /** The event as a JSON object. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("time", time.toString());
        json.put("event", kind.label());
        json.put("text", text);
        json.put("advice", advice.map(Advice::json).orElse(null));
        json.put("record", record.map(RecordObject::of).orElse(null));
        return json;
    }
}
