package io.playgrant.view;

import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One check of a redemption.
 *
 * @param name its name
 * @param outcome its outcome
 * @param detail what it found, or why it was skipped
 * @param refusal the refusal, if it refuses
 */
public record RedemptionCheck(String name, Outcome outcome, String detail, Optional<TokenException> refusal) {

    /** The outcome of a check. */
    public enum Outcome {
        PASSED,
        REFUSED,
        SKIPPED;

        /** The name in lower case, as in JSON and output. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static RedemptionCheck passed(String name, String detail) {
        return new RedemptionCheck(name, Outcome.PASSED, detail, Optional.empty());
    }

    static RedemptionCheck refused(String name, TokenException refusal) {
        String message = ErrorMessage.of(refusal).message();
        return new RedemptionCheck(
                name,
                Outcome.REFUSED,
                refusal.reason().isEmpty() ? message : message + ": " + refusal.reason(),
                Optional.of(refusal));
    }

    static RedemptionCheck skipped(String name, String why) {
        return new RedemptionCheck(name, Outcome.SKIPPED, why, Optional.empty());
    }

    /** Whether it refuses the redemption. */
    public boolean isRefused() {
        return refusal.isPresent();
    }

    /** The check as a JSON object. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("check", name);
        json.put("outcome", outcome.label());
        json.put("code", refusal.map(one -> one.code().number()).orElse(null));
        json.put("status", refusal.map(TokenException::status).orElse(null));
        json.put("detail", detail);
        return json;
    }

    /** The check as a line of text. */
    public String line() {
        return "%-17s %-8s %s".formatted(name, outcome.label(), detail).stripTrailing() + "\n";
    }
}
