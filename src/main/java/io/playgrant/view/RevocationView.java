package io.playgrant.view;

import io.playgrant.revocation.Revocation;
import io.playgrant.revocation.Revocations.Made;
import io.playgrant.revocation.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows a revocation as JSON or as a row of a table. */
public final class RevocationView {

    private static final String ROW = "%-6s %-20s %-20s %-10s %-11s %-72s %s";

    /** The head of the table. */
    public static final String HEAD =
            ROW.formatted("ID", "REVOKED", "UNTIL", "ACCOUNT", "ENVIRONMENT", "TOKENS", "REASON");

    private RevocationView() {}

    /** The revocation as a JSON object. Criteria that it does not have are null. */
    public static Map<String, @Nullable Object> json(Revocation revocation) {
        Scope scope = revocation.scope();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", revocation.id());
        json.put("tokenId", scope.tokenId());
        json.put("kid", text(scope.kid()));
        json.put("account", scope.account());
        json.put(
                "environment",
                scope.environment() == null ? null : scope.environment().label());
        json.put("issuedBefore", text(scope.issuedBefore()));
        json.put("reason", revocation.reason());
        json.put("who", revocation.who());
        json.put("revokedAt", revocation.revokedAt().toString());
        json.put("expiresAt", revocation.expiresAt().toString());
        return json;
    }

    /** The result of a revocation as a JSON object. */
    public static Map<String, @Nullable Object> json(Made made) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(json(made.revocation()));
        json.put("isNew", made.isNew());
        return json;
    }

    /** The revocation as a row of the table that {@link #HEAD} begins. */
    public static String row(Revocation revocation) {
        Scope scope = revocation.scope();
        return ROW.formatted(
                        revocation.id(),
                        revocation.revokedAt(),
                        revocation.expiresAt(),
                        scope.account() == null ? "any" : scope.account(),
                        scope.environment() == null
                                ? "any"
                                : scope.environment().label(),
                        tokens(scope),
                        revocation.reason())
                .stripTrailing();
    }

    private static String tokens(Scope scope) {
        if (scope.tokenId() != null) {
            return scope.tokenId();
        }
        String before = "issued before " + scope.issuedBefore();
        return scope.kid() == null ? before : "kid " + scope.kid() + " " + before;
    }

    /** The reason why a token that it covers is not valid. */
    public static String asReason(Revocation revocation) {
        return "revoked at " + revocation.revokedAt() + " by " + revocation.who() + ", revocation " + revocation.id()
                + (revocation.reason().isEmpty() ? "" : ": " + revocation.reason());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
