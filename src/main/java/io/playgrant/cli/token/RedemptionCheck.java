package io.playgrant.cli.token;

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
record RedemptionCheck(String name, Outcome outcome, String detail, Optional<TokenException> refusal) {

    /** The outcome of a check. */
    enum Outcome {
        PASSED,
        REFUSED,
        SKIPPED;

        String label() {
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

    boolean isRefused() {
        return refusal.isPresent();
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("check", name);
        json.put("outcome", outcome.label());
        json.put("code", refusal.map(one -> one.code().number()).orElse(null));
        json.put("status", refusal.map(TokenException::status).orElse(null));
        json.put("detail", detail);
        return json;
    }

    String line() {
        return "%-17s %-8s %s".formatted(name, outcome.label(), detail).stripTrailing() + "\n";
    }
}
