package io.playgrant.view;

import io.playgrant.operator.Operator;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Session;
import java.util.LinkedHashMap;
import java.util.Map;

/** Operators and their sessions as JSON. */
public final class OperatorView {

    private OperatorView() {}

    /** An operator. */
    public static Map<String, Object> json(Operator operator) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", operator.name());
        json.put("role", operator.role().label());
        json.put("enabled", operator.enabled());
        json.put("createdAt", operator.createdAt().toString());
        return json;
    }

    /** An operator who was just created, with the secrets. */
    public static Map<String, Object> json(Operators.Created created) {
        Map<String, Object> json = json(created.operator());
        json.put("password", created.password().reveal());
        json.put("apiToken", created.apiToken().reveal());
        return json;
    }

    /**
     * A new secret of an operator.
     *
     * @param member the name of the secret
     */
    public static Map<String, Object> json(Operators.Renewed renewed, String member) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", renewed.operator().name());
        json.put(member, renewed.secret().reveal());
        return json;
    }

    /** A session. */
    public static Map<String, Object> json(Session session) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("session", session.number());
        json.put("operator", session.operator().name());
        json.put("address", session.address());
        json.put("createdAt", session.createdAt().toString());
        json.put("lastSeenAt", session.lastSeenAt().toString());
        return json;
    }
}
