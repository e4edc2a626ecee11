package io.playgrant.view;

import io.playgrant.account.Authenticators;
import io.playgrant.account.Environment;
import io.playgrant.account.Purpose;
import io.playgrant.account.StoredAuthenticator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows an authenticator of an account as JSON. */
public final class AuthenticatorView {

    private AuthenticatorView() {}

    /** The authenticator as a JSON object, without the secret. */
    public static Map<String, Object> json(StoredAuthenticator authenticator) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", authenticator.id());
        json.put("environment", authenticator.environment().label());
        json.put("for", authenticator.purpose().label());
        json.put("createdAt", authenticator.createdAt().toString());
        return json;
    }

    /** An authenticator that was just added, with the secret. */
    public static Map<String, Object> json(Authenticators.Added added, Environment environment, Purpose purpose) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", added.id());
        json.put("environment", environment.label());
        json.put("for", purpose.label());
        json.put("customerAuthenticator", added.authenticator().reveal());
        return json;
    }
}
