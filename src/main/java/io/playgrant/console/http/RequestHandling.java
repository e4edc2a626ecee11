package io.playgrant.console.http;

import io.playgrant.error.FailureTrace;
import io.playgrant.operator.BusyException;
import io.playgrant.storage.StorageException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a request from the event loop to a worker, and its answer back. */
final class RequestHandling {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandling.class);

    private static final String SIGN_IN = "/console/sign-in";
    private static final String UNAVAILABLE = "Service Unavailable";
    private static final int ID_BYTES = 16;

    private final ConsoleWorkers workers;
    private final Duration forBody;
    private final Authentication authentication;
    private final ClientOrigins origins;
    private final HostCheck hosts;
    private final SecureRandom random;
    private final ErrorAnswers errors;

    RequestHandling(
            ConsoleWorkers workers,
            Duration forBody,
            Authentication authentication,
            ClientOrigins origins,
            HostCheck hosts,
            ErrorAnswers errors,
            SecureRandom random) {
        this.workers = workers;
        this.forBody = forBody;
        this.authentication = authentication;
        this.origins = origins;
        this.hosts = hosts;
        this.errors = errors;
        this.random = random;
    }

    /**
     * Receives a request on the event loop.
     *
     * @param methods the endpoints of its path, by method
     * @param pathParameters the parameters of its path, decoded
     */
    void receive(
            Vertx vertx, HttpServerRequest request, Map<String, Endpoint> methods, Map<String, String> pathParameters) {
        Exchange exchange = new Exchange(request, newId());
        try {
            exchange.origin = origins.of(request);
            // No page has an API token that it could send.
            if (!(isApi(request) && request.headers().contains("Authorization"))) {
                hosts.require(exchange.origin.authority());
            }
            Endpoint endpoint = endpoint(request.method(), methods);
            BodyReader.read(
                    vertx,
                    request,
                    forBody,
                    body -> handOver(vertx.getOrCreateContext(), exchange, endpoint, pathParameters, body),
                    refusal -> refuse(exchange, refusal, true));
        } catch (ConsoleException e) {
            refuse(exchange, e, true);
        }
    }

    /** Answers a request that the router refuses, or that failed on the event loop. */
    void fail(HttpServerRequest request, int status, @Nullable Throwable failure) {
        Exchange exchange = new Exchange(request, newId());
        if (failure != null && status >= 500) {
            report(exchange, failure);
        }
        refuse(exchange, status >= 500 ? failed() : new ConsoleException(status, "Bad Request", ""), true);
    }

    private static Endpoint endpoint(HttpMethod method, Map<String, Endpoint> methods) {
        Endpoint endpoint = methods.get(method.equals(HttpMethod.HEAD) ? "GET" : method.name());
        if (endpoint != null) {
            return endpoint;
        }
        if (methods.isEmpty()) {
            throw new ConsoleException(404, "Not Found", "There is nothing at this path.");
        }
        TreeSet<String> allowed = new TreeSet<>(methods.keySet());
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        throw new ConsoleException(
                405,
                "Method Not Allowed",
                "This path does not allow the method.",
                Map.of("Allow", String.join(", ", allowed)));
    }

    private void handOver(
            Context eventLoop, Exchange exchange, Endpoint endpoint, Map<String, String> pathParameters, byte[] body) {
        HttpServerRequest request = exchange.request;
        ReceivedRequest received = new ReceivedRequest(
                exchange.id,
                request.method().name(),
                request.path(),
                request.query() == null ? "" : request.query(),
                pathParameters,
                request.headers(),
                body,
                exchange.origin);
        boolean isTaken = workers.run(() -> {
            // Nobody waits for an answer any more, and nothing was changed yet.
            if (request.response().closed()) {
                return;
            }
            Answer answer = answer(exchange, endpoint, received);
            eventLoop.runOnContext(ignored -> write(exchange, answer, false));
        });
        if (!isTaken) {
            refuse(
                    exchange,
                    new ConsoleException(503, UNAVAILABLE, "The console is busy.", Map.of("Retry-After", "1")),
                    false);
        }
    }

    private Answer answer(Exchange exchange, Endpoint endpoint, ReceivedRequest request) {
        ConsoleCall call = null;
        try {
            call = authentication.call(endpoint, request);
            authentication.require(endpoint, call);
            return endpoint.handler().handle(call);
        } catch (SignInNeededException e) {
            return signIn(endpoint, request);
        } catch (Exception | Error e) {
            return errors.of(refusal(exchange, e), endpoint.isApi(), exchange.id, call);
        }
    }

    private static ConsoleException refusal(Exchange exchange, Throwable failure) {
        if (failure instanceof ConsoleException refusal) {
            return refusal;
        }
        if (failure instanceof BusyException) {
            return new ConsoleException(
                    503,
                    UNAVAILABLE,
                    "Too many passwords and API tokens are being checked.",
                    Map.of("Retry-After", "5"));
        }
        report(exchange, failure);
        return failure instanceof StorageException
                ? new ConsoleException(
                        503,
                        UNAVAILABLE,
                        "The database is unreachable or refused a statement.",
                        Map.of("Retry-After", "5"))
                : failed();
    }

    private static Answer signIn(Endpoint endpoint, ReceivedRequest request) {
        if (request.header("HX-Request").isPresent()) {
            return Answer.empty().withStatus(401).with("HX-Redirect", SIGN_IN);
        }
        String target = request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
        boolean returns = endpoint.isSafe() && LocalPath.isLocal(target) && !target.equals("/console/");
        return Answer.redirect(
                returns ? SIGN_IN + "?next=" + URLEncoder.encode(target, StandardCharsets.UTF_8) : SIGN_IN);
    }

    private static ConsoleException failed() {
        return new ConsoleException(
                500, "Internal Server Error", "The request failed. The server's log has the reason under its id.");
    }

    private static void report(Exchange exchange, Throwable failure) {
        LOG.error("Request {} of the console failed: {}", exchange.id, FailureTrace.withoutMessages(failure));
    }

    /**
     * Refuses a request on the event loop.
     *
     * @param closes whether the connection must be closed, because the request was not read completely
     */
    private void refuse(Exchange exchange, ConsoleException refusal, boolean closes) {
        write(exchange, errors.of(refusal, isApi(exchange.request), exchange.id, null), closes);
    }

    private static boolean isApi(HttpServerRequest request) {
        return request.path() != null && request.path().startsWith("/api/");
    }

    private void write(Exchange exchange, Answer answer, boolean closes) {
        HttpServerResponse response = exchange.request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        try {
            send(exchange, answer, closes);
        } catch (RuntimeException e) {
            // An invalid header. Vert.x would log its value, and never answer.
            report(exchange, e);
            response.headers().clear();
            send(exchange, errors.of(failed(), isApi(exchange.request), exchange.id, null), closes);
        }
    }

    private static void send(Exchange exchange, Answer answer, boolean closes) {
        HttpServerResponse response = exchange.request.response();
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        SecurityHeaders.addTo(response.headers(), exchange.origin.isSecure());
        response.putHeader("X-Request-Id", exchange.id);
        if (!answer.contentType().isEmpty()) {
            response.putHeader("Content-Type", answer.contentType());
        }
        if (closes && mayHaveMore(exchange.request)) {
            response.putHeader("Connection", "close");
        }
        if (answer.status() != 204) {
            response.putHeader("Content-Length", Integer.toString(answer.body().length));
        }
        if (exchange.request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(Buffer.buffer(answer.body()));
        }
    }

    private static boolean mayHaveMore(HttpServerRequest request) {
        return !request.isEnded()
                && (request.headers().contains("Transfer-Encoding")
                        || request.headers().contains("Content-Length"));
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** A request on the event loop, and where it comes from as soon as that is known. */
    private static final class Exchange {

        private final HttpServerRequest request;
        private final String id;
        private ClientOrigin origin = new ClientOrigin("", false, "");

        private Exchange(HttpServerRequest request, String id) {
            this.request = request;
            this.id = id;
        }
    }
}
