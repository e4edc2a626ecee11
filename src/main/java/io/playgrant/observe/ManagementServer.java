package io.playgrant.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.config.Authority;
import io.playgrant.config.Settings;
import io.playgrant.config.SettingsException;
import io.playgrant.error.FailureTrace;
import io.playgrant.tls.TlsFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves health and metrics on a port and with threads of its own, so that it answers even if the service is busy, starting or shutting
 * down.
 */
final class ManagementServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

    private static final String OWN = "/observe/";
    private static final String HEALTH = OWN + "health";
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int IDLE_SECONDS = 30;
    private static final int MOST_CONNECTIONS = 200;
    private static final int TIMEOUT_SECONDS = 10;

    private final Health health;
    private final Metrics metrics;
    private final ObjectMapper json = new ObjectMapper();
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final ManagementConnections connections = new ManagementConnections(MOST_CONNECTIONS);
    private final @Nullable Router pages;
    private final HttpServer server;

    /** Starts the server without other pages. */
    ManagementServer(Settings.Management settings, Health health, Metrics metrics) {
        this(settings, health, metrics, null, null);
    }

    /**
     * Starts the server.
     *
     * @param tls the certificate, if it speaks TLS
     * @param pages what it serves beside health and metrics, if anything
     * @throws SettingsException if it cannot listen on the address
     */
    ManagementServer(
            Settings.Management settings,
            Health health,
            Metrics metrics,
            @Nullable TlsFiles tls,
            @Nullable ManagementPages pages) {
        this.health = health;
        this.metrics = metrics;
        this.pages = pages == null ? null : mounted(pages);
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS);
        if (tls != null) {
            ServerTls.configure(options, tls);
        }
        try {
            server = await(vertx.createHttpServer(options)
                    .connectionHandler(this::accept)
                    .requestHandler(this::answer)
                    .listen());
        } catch (ExecutionException | TimeoutException e) {
            close();
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new SettingsException("Cannot listen on " + Authority.of(settings.host(), settings.port())
                    + " (PLAYGRANT_MANAGEMENT_HOST, PLAYGRANT_MANAGEMENT_PORT): " + reason.getMessage());
        }
    }

    private Router mounted(ManagementPages more) {
        Router router = Router.router(vertx);
        more.mount(router);
        return router;
    }

    /** The port on which it listens. */
    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        try {
            await(vertx.close());
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The management server does not stop", e);
        }
    }

    private void accept(HttpConnection connection) {
        connections.add(connection);
        if (connection instanceof ConnectionBase base) {
            HalfClosure.allow(base.channel());
        }
    }

    private void answer(HttpServerRequest request) {
        connections.use(request);
        try {
            route(request);
        } catch (RuntimeException e) {
            // Vert.x would log the message of the exception, and never answer.
            fail(request, e);
        }
    }

    private void route(HttpServerRequest request) {
        if (pages != null && !String.valueOf(request.path()).startsWith(OWN)) {
            pages.handle(request);
            return;
        }
        request.response().putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
        if (!METHODS.contains(request.method())) {
            request.response().putHeader("Allow", "GET, HEAD");
            end(request, 405, "text/plain", "Method Not Allowed\n");
            return;
        }
        switch (request.path()) {
            case HEALTH -> end(request, health.all());
            case HEALTH + "/live" -> end(request, health.live());
            case HEALTH + "/ready" -> end(request, health.ready());
            case "/observe/metrics" ->
                vertx.executeBlocking(metrics::scrape)
                        .onSuccess(text -> end(request, 200, "text/plain; version=0.0.4; charset=utf-8", text))
                        .onFailure(failure -> fail(request, failure));
            default -> end(request, 404, "text/plain", "Not Found\n");
        }
    }

    private void end(HttpServerRequest request, HealthReport report) {
        try {
            end(request, report.isUp() ? 200 : 503, "application/json", json.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fail(HttpServerRequest request, Throwable failure) {
        LOG.error("A request for health or metrics failed: {}", FailureTrace.withoutMessages(failure));
        end(request, 500, "text/plain", "Internal Server Error\n");
    }

    private static void end(HttpServerRequest request, int status, String type, String text) {
        HttpServerResponse response = request.response().setStatusCode(status).putHeader("Content-Type", type);
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(text);
        }
    }

    private static <T> T await(Future<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
