package io.playgrant.view.story;

import io.playgrant.record.TokenRecord;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a token plays.
 *
 * @param plays whether nothing speaks against it
 * @param isOpen whether the last licence request was not found yet, so that the verdict may change
 * @param text a sentence that says so
 * @param advice why it does not play and what to do; empty if there is nothing to do
 */
public record Verdict(boolean plays, boolean isOpen, String text, Optional<Advice> advice) {

    private static final String PASSES = "It would play: every check that needs no player passes.";

    /** It is refused now. */
    static Verdict refused(Advice advice) {
        return new Verdict(false, false, "It does not play.", Optional.of(advice));
    }

    /**
     * The last licence request was refused.
     *
     * @param wasChecked whether it is known that nothing is against the token itself
     */
    static Verdict lastRefused(TokenRecord last, Advice advice, boolean wasChecked) {
        return new Verdict(
                false,
                false,
                (wasChecked ? "The token itself is valid, but the last" : "The last")
                        + " licence request was refused, at " + last.time().truncatedTo(ChronoUnit.SECONDS) + ".",
                Optional.of(advice));
    }

    /** It has been redeemed, and can be redeemed again. */
    static Verdict wouldPlay() {
        return new Verdict(true, false, PASSES, Optional.empty());
    }

    /** It can be redeemed, but nobody tried. */
    static Verdict neverTried() {
        return new Verdict(
                true,
                false,
                PASSES,
                Optional.of(Advice.backEnd(
                        "No licence request with this token has arrived.",
                        "If playback fails, the app must send the licence request to the whole licence URL, and reach this"
                                + " server. A player that was closed before it asked leaves no record either.")));
    }

    /** The last licence request is searched for. */
    static Verdict open(boolean wasChecked) {
        return new Verdict(
                true,
                true,
                (wasChecked ? "The token itself is valid." : "Nothing is known against the token itself.")
                        + " Its last licence request is being searched for.",
                Optional.empty());
    }

    /** The records alone say nothing against it. */
    static Verdict unknown() {
        return new Verdict(
                true,
                false,
                "Nothing in the records speaks against it. To run every check, paste its licence URL on the page Explain.",
                Optional.empty());
    }

    /** The verdict as a JSON object. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("plays", plays);
        json.put("open", isOpen);
        json.put("text", text);
        json.put("advice", advice.map(Advice::json).orElse(null));
        return json;
    }
}
