package io.playgrant.console.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsoleException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Makes a form work once. A form that creates something has a random token, so that a reload of the answer, or a second click, does not
 * create another. The tokens that were used are in the memory of this node.
 */
public final class OnceTokens {

    /** The field of the form. */
    private static final String FIELD = "once";

    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
    private static final long MOST = 10_000;
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    /** Longer than any session. */
    private final Cache<String, Boolean> used = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofHours(13))
            .build();

    /** A new token. */
    static String draw(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Does what a form asks for, unless it was done before. If it fails, the form may be sent again.
     *
     * @throws ConsoleException if the form was already used, or has no token
     */
    <T> T once(ConsoleCall call, Supplier<T> work) {
        String token = call.form().get(FIELD).orElse("");
        if (!FORM.matcher(token).matches()) {
            throw new ConsoleException(BAD_REQUEST, "The form is incomplete", "Load its page again.");
        }
        String key = call.operator().id() + " " + token;
        if (used.asMap().putIfAbsent(key, true) != null) {
            throw new ConsoleException(
                    CONFLICT,
                    "This form was already sent",
                    "It was carried out once and is not repeated. Secrets that it made were shown then, and cannot be shown again.");
        }
        boolean done = false;
        try {
            T result = work.get();
            done = true;
            return result;
        } finally {
            if (!done) {
                used.invalidate(key);
            }
        }
    }
}
