package io.playgrant.console.http;

import io.playgrant.operator.SessionId;
import java.util.Optional;
import java.util.function.Function;

/**
 * The cookie that has the id of a session. Behind TLS, its name has the prefix {@code __Host-}, so that no other host and no page without
 * TLS can set it.
 */
public final class SessionCookie {

    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";

    private final String name;

    private SessionCookie(String name) {
        this.name = name;
    }

    /** The cookie of a session. */
    public static final SessionCookie SESSION = new SessionCookie("playgrant-session");

    /** The cookie that binds the sign-in form to a browser. */
    public static final SessionCookie SIGN_IN = new SessionCookie("playgrant-sign-in");

    /** The value of {@code Set-Cookie} that sets it until the browser ends. */
    public String set(SessionId id, boolean isSecure) {
        return name(isSecure) + "=" + id.reveal() + attributes(isSecure);
    }

    /** The value of {@code Set-Cookie} that deletes it. */
    public String delete(boolean isSecure) {
        return name(isSecure) + "=" + attributes(isSecure) + "; Max-Age=0";
    }

    /** The id that a request has. */
    public Optional<SessionId> of(ConsoleCall call) {
        return read(call.isSecure(), call::cookie);
    }

    Optional<SessionId> of(ReceivedRequest request) {
        return read(request.origin().isSecure(), request::cookie);
    }

    private Optional<SessionId> read(boolean isSecure, Function<String, Optional<String>> cookies) {
        return cookies.apply(name(isSecure)).flatMap(SessionId::parse);
    }

    private String name(boolean isSecure) {
        return isSecure ? "__Host-" + name : name;
    }

    private static String attributes(boolean isSecure) {
        return isSecure ? ATTRIBUTES + "; Secure" : ATTRIBUTES;
    }
}
