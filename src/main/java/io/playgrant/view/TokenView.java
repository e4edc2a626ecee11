package io.playgrant.view;

import io.playgrant.license.Redemptions;
import io.playgrant.revocation.Revocation;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenKey;
import io.playgrant.token.WvExtension;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows a token as JSON or as text.
 *
 * @param claims the claims of the token in the order in which they are shown; null for claims that it does not have
 * @param reason why the token is not valid now; empty if it is valid
 * @param revocation the revocation in force for the token, if any
 */
public record TokenView(Map<String, @Nullable Object> claims, String reason, Optional<Revocation> revocation) {

    private static final String MASK = "***";

    /**
     * A token that can be opened.
     *
     * @param invalidReason why it is not valid now, apart from the following; empty if it is
     * @param revocation the revocation in force for it, if any
     * @param used how often it was redeemed; 0 if it has no limit
     */
    public static TokenView of(
            Claims claims, String invalidReason, Optional<Revocation> revocation, int used, boolean revealKeys) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("account", claims.account());
        shown.put("environment", claims.environment().label());
        shown.put("tokenId", claims.tokenId());
        shown.put("issuedAt", claims.issuedAt().toString());
        shown.put("expiresAt", claims.expiresAt().toString());
        Instant notBefore = claims.notBefore();
        shown.put("notBefore", notBefore == null ? null : notBefore.toString());
        shown.put(
                "keys", claims.keys().stream().map(key -> key(key, revealKeys)).toList());
        shown.put("contentId", claims.contentId());
        shown.put("licenseDuration", claims.licenseDuration());
        shown.put("playbackDuration", claims.playbackDuration());
        Instant rentalEnd = claims.rentalEnd();
        shown.put("rentalEnd", rentalEnd == null ? null : rentalEnd.toString());
        shown.put("persistent", claims.persistent());
        shown.put(
                "extensions",
                claims.extensions().stream().map(TokenView::extension).toList());
        shown.put("cookie", claims.cookie());
        shown.put("ipAddress", claims.ipAddress());
        Integer most = claims.maxRedemptions();
        shown.put("maxRedemptions", most);
        shown.put("redemptionsUsed", most == null ? null : used);
        shown.put("redemptionsLeft", most == null ? null : most - used);
        String usedUp = most != null && used >= most ? Redemptions.usedUp(most) : "";
        String reason = invalidReason.isEmpty()
                ? revocation.map(RevocationView::asReason).orElse(usedUp)
                : invalidReason;
        return new TokenView(shown, reason, revocation);
    }

    /** A token that cannot be opened. */
    public static TokenView unreadable(String reason) {
        return new TokenView(Map.of(), reason, Optional.empty());
    }

    /** Whether the token is valid now. */
    public boolean isValid() {
        return reason.isEmpty();
    }

    /** The whole token as a JSON object. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(claims);
        json.put("valid", isValid());
        json.put("reason", isValid() ? null : reason);
        if (!claims.isEmpty()) {
            json.put("revocation", revocation.map(RevocationView::json).orElse(null));
        }
        return json;
    }

    /** The whole token, with one line for each claim that it has. */
    public String text() {
        return json().entrySet().stream()
                // The reason includes it.
                .filter(entry -> !entry.getKey().equals("revocation"))
                .filter(entry ->
                        entry.getValue() != null && !entry.getValue().toString().equals("[]"))
                .map(entry -> lineOfText(entry.getKey(), value(entry.getValue())))
                .collect(Collectors.joining());
    }

    /** A line of text with a name and a value. */
    public static String lineOfText(String name, Object value) {
        return "%-17s %s%n".formatted(name, value);
    }

    private static String value(@Nullable Object value) {
        if (value instanceof Iterable<?> values) {
            StringBuilder lines = new StringBuilder();
            for (Object one : values) {
                lines.append(lines.isEmpty() ? "" : "%n%-17s ".formatted("")).append(line(one));
            }
            return lines.toString();
        }
        return String.valueOf(value);
    }

    private static String line(Object value) {
        return value instanceof Map<?, ?> members
                ? members.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "))
                : String.valueOf(value);
    }

    private static Map<String, Object> key(TokenKey key, boolean reveal) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("kid", key.kid().toString());
        shown.put("contentKey", reveal ? key.contentKey().revealHex() : MASK);
        shown.put("securityLevel", key.securityLevel().number());
        shown.put("hdcpOutputControl", key.hdcpOutputControl().number());
        shown.put("trackType", key.trackType().number());
        return shown;
    }

    private static Map<String, Object> extension(WvExtension extension) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("type", extension.type());
        shown.put("payload", extension.payload());
        return shown;
    }
}
