package io.playgrant.view.story;

import io.playgrant.error.ErrorCode;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.TokenRecord;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Advice about a refusal.
 *
 * @param why a sentence that gives the reason
 * @param action a sentence that says what to do
 * @param actor who must do it
 */
public record Advice(String why, String action, Actor actor) {

    /** Who must do something. */
    public enum Actor {
        /** The viewer, with a player. */
        CUSTOMER,
        /** The developers of the service that asks for tokens. */
        BACK_END,
        /** Those who run Playgrant. */
        OPERATOR;

        /** The name, as in output. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static Advice customer(String why, String action) {
        return new Advice(why, action, Actor.CUSTOMER);
    }

    static Advice backEnd(String why, String action) {
        return new Advice(why, action, Actor.BACK_END);
    }

    static Advice operator(String why, String action) {
        return new Advice(why, action, Actor.OPERATOR);
    }

    /** Advice about the answer in a record; empty if it is a token or a licence. */
    public static Optional<Advice> of(TokenRecord record) {
        RedemptionRecord redemption = record.redemption();
        return error(record.code()).map(code -> {
            if (redemption == null) {
                return TokenAdvice.of(code);
            }
            return ofRedemption(code, redemption.reason() == null ? "" : redemption.reason());
        });
    }

    /** Advice about the refusal of a token request. */
    public static Advice ofTokenRequest(ErrorCode code) {
        return TokenAdvice.of(code);
    }

    /**
     * Advice about the refusal of a licence request.
     *
     * @param reason the reason as records and the log have it; may be empty
     */
    public static Advice ofRedemption(ErrorCode code, String reason) {
        return RedemptionAdvice.of(code, reason);
    }

    /**
     * Advice about a text that cannot be opened as a token.
     *
     * @param reason why, see {@link io.playgrant.token.TokenOpener}
     */
    public static Advice ofUnreadable(String reason) {
        return reason.startsWith("no key ")
                ? RedemptionAdvice.of(ErrorCode.INVALID_TOKEN, reason)
                : RedemptionAdvice.ofUnreadable();
    }

    /** The error with a number; empty for 0, and for numbers of other versions of the program. */
    public static Optional<ErrorCode> error(int number) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.number() == number)
                .findFirst();
    }

    /** The advice as a JSON object. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("why", why);
        json.put("action", action);
        json.put("actor", actor.label());
        return json;
    }
}
