package io.playgrant.console.api.call;

import io.playgrant.account.AccountException;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.console.http.Handler;
import io.playgrant.error.TokenException;
import io.playgrant.operator.OperatorException;
import io.playgrant.operator.Role;

/** What the resources of the admin API add their operations to. Refusals become problems of RFC 9457. */
public final class ApiRoutes {

    /** The path of the admin API. */
    public static final String BASE = "/api/v1";

    private final ConsoleRoutes routes;
    private final Idempotency idempotency;

    /** Adds operations to routes. */
    public ApiRoutes(ConsoleRoutes routes, Idempotency idempotency) {
        this.routes = routes;
        this.idempotency = idempotency;
    }

    /** An operation that changes nothing. */
    public ApiRoutes get(String path, Role least, ApiHandler handler) {
        return add("GET", path, least, handler);
    }

    /** An operation that creates something. A call with an {@code Idempotency-Key} does so once, however often it is sent. */
    public ApiRoutes create(String path, Role least, ApiHandler handler) {
        return add("POST", path, least, call -> idempotency.once(call, handler));
    }

    /** Another operation. */
    public ApiRoutes add(String method, String path, Role least, ApiHandler handler) {
        routes.api(method, BASE + path, least, refusing(handler));
        return this;
    }

    private static Handler refusing(ApiHandler handler) {
        return call -> {
            try {
                return handler.handle(call);
            } catch (ApiException e) {
                return e.answer(call.requestId());
            } catch (TokenException e) {
                return of(e).answer(call.requestId());
            } catch (AccountException | OperatorException e) {
                return ApiException.conflict(String.valueOf(e.getMessage())).answer(call.requestId());
            }
        };
    }

    private static ApiException of(TokenException refusal) {
        ProblemType type = ProblemType.ofStatus(refusal.status());
        String detail = refusal.details().isEmpty()
                ? refusal.code().text()
                : refusal.code().text() + ": " + refusal.details();
        return refusal.code().isDocumented()
                ? ApiException.ofService(type, detail, refusal.code().number())
                : ApiException.of(type, detail);
    }

    /** 201 with the path of what was created. */
    public static Answer created(String path, Object json) {
        return ApiJson.answer(201, "application/json", json).with("Location", BASE + path);
    }

    /** The number in a path. */
    public static long number(ConsoleCall call, String name) {
        try {
            return Long.parseLong(call.path(name));
        } catch (NumberFormatException e) {
            throw ApiException.notFound("There is nothing under this path: it must have a number");
        }
    }
}
