package io.playgrant.console.http;

import io.playgrant.operator.ApiTokens;
import io.playgrant.operator.Operator;
import io.playgrant.operator.OperatorSecret;
import io.playgrant.operator.Role;
import io.playgrant.operator.Session;
import io.playgrant.operator.SessionId;
import io.playgrant.operator.Sessions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who sends a request, and checks that this operator may. */
final class Authentication {

    private static final String BEARER = "Bearer ";

    private final Sessions sessions;
    private final ApiTokens tokens;

    Authentication(Sessions sessions, ApiTokens tokens) {
        this.sessions = sessions;
        this.tokens = tokens;
    }

    /**
     * The call of an endpoint.
     *
     * @throws ConsoleException if the request must be refused
     * @throws SignInNeededException if a page needs a session
     */
    ConsoleCall call(Endpoint endpoint, ReceivedRequest request) {
        boolean hasToken = endpoint.isApi() && request.header("Authorization").isPresent();
        if (!endpoint.isSafe() && !hasToken) {
            SameOrigin.require(request);
        }
        if (endpoint.least() == null) {
            return new ConsoleCall(request, null);
        }
        return new ConsoleCall(request, hasToken ? ofToken(request) : ofSession(endpoint, request));
    }

    /**
     * Checks that the operator may do what the call asks for, and that a browser did not send it on behalf of another page.
     *
     * @throws ConsoleException if not
     */
    void require(Endpoint endpoint, ConsoleCall call) {
        Role least = endpoint.least();
        if (least == null) {
            return;
        }
        if (!endpoint.isSafe() && call.session().isPresent()) {
            requireCsrfToken(call);
        }
        if (!call.mayDo(least)) {
            throw new ConsoleException(403, "Forbidden", "This needs the role " + least.label() + ".");
        }
    }

    private ConsoleCall.Caller ofToken(ReceivedRequest request) {
        String header = request.header("Authorization").orElse("");
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw unauthorized("The header Authorization must be Bearer with an API token.");
        }
        OperatorSecret token =
                OperatorSecret.of(header.substring(BEARER.length()).strip());
        ApiTokens.Result result = tokens.check(token, request.origin().address());
        if (result instanceof ApiTokens.Valid valid) {
            return caller(valid.operator(), null, "");
        }
        if (result instanceof ApiTokens.Blocked blocked) {
            throw tooManyFailures(blocked.delay());
        }
        throw unauthorized("The API token is not valid, or its operator is disabled.");
    }

    private ConsoleCall.Caller ofSession(Endpoint endpoint, ReceivedRequest request) {
        Optional<SessionId> id = SessionCookie.SESSION.of(request);
        Optional<Session> session = id.flatMap(sessions::use);
        if (session.isPresent()) {
            return caller(
                    session.get().operator(),
                    session.get(),
                    Csrf.token(id.orElseThrow().reveal()));
        }
        if (endpoint.isApi()) {
            throw unauthorized("Send an API token, or sign in.");
        }
        throw new SignInNeededException();
    }

    private static void requireCsrfToken(ConsoleCall call) {
        String given =
                call.header(Csrf.HEADER).or(() -> call.form().get(Csrf.FIELD)).orElse("");
        if (!Csrf.isToken(given, call.csrfToken())) {
            throw new ConsoleException(
                    403, "Forbidden", "The CSRF token is missing or belongs to another session. Reload the page.");
        }
    }

    private static ConsoleCall.Caller caller(Operator operator, @Nullable Session session, String csrfToken) {
        return new ConsoleCall.Caller(operator, session, csrfToken);
    }

    private static ConsoleException unauthorized(String detail) {
        return new ConsoleException(401, "Unauthorized", detail, Map.of("WWW-Authenticate", "Bearer"));
    }

    static ConsoleException tooManyFailures(Duration wait) {
        long seconds = Math.max(wait.plusMillis(999).toSeconds(), 1);
        return new ConsoleException(
                429,
                "Too Many Requests",
                "There were too many failures. Try again in " + seconds + " seconds.",
                Map.of("Retry-After", Long.toString(seconds)));
    }
}
