package io.playgrant.route.http;

import io.netty.channel.SingleThreadEventLoop;
import io.playgrant.config.Authority;
import io.playgrant.config.Settings;
import io.playgrant.config.SettingsException;
import io.playgrant.observe.ServerTls;
import io.playgrant.route.http.connection.ConnectionSetup;
import io.playgrant.route.http.connection.EventLoops;
import io.playgrant.storage.NonBlockingThreads;
import io.playgrant.tls.TlsFiles;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedStartupListener;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server of the routes: one server of Vert.x for each processor, each with an event loop of its own, all on one port. They begin
 * to listen once the routes can be called.
 */
public final class HttpServers extends ServiceSupport implements ExtendedStartupListener {

    /** The name by which the consumers of the routes find their router. */
    static final String ROUTER = "playgrant-router";

    private static final int TIMEOUT_SECONDS = 10;

    private final Settings.Http settings;

    /** No route uses WebSocket, so its compression is off. */
    private final HttpServerOptions options = new HttpServerOptions()
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false);

    private final Vertx vertx;
    private final Router router;
    private final List<HttpServer> servers = new ArrayList<>();

    HttpServers(Settings.Http settings, @Nullable TlsFiles tls) {
        this.settings = settings;
        if (tls != null) {
            ServerTls.configure(options, tls);
        }
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setWorkerPoolSize(settings.workerThreads())
                // Otherwise Vert.x extracts files from jars, and fails if the folder for temporary files is read-only.
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        router = Router.router(vertx);
    }

    /** Lets the routes of a context add themselves, and listens once the context has started. */
    void serve(CamelContext context) throws Exception {
        // Camel's HTTP client uses it too, so that its responses come on the event loops of the requests.
        context.getRegistry().bind("playgrant-vertx", vertx);
        context.getRegistry().bind(ROUTER, new VertxPlatformHttpRouter(null, vertx, router, ROUTER));
        context.addService(this);
        context.addStartupListener(this);
    }

    @Override
    public void onCamelContextStarting(CamelContext context, boolean alreadyStarted) {}

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {}

    /**
     * Begins to listen.
     *
     * @throws SettingsException if the port cannot be listened on
     */
    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        try {
            for (SingleThreadEventLoop loop : EventLoops.of(vertx)) {
                loop.submit(NonBlockingThreads::addCurrent).syncUninterruptibly();
                HttpServer server = vertx.createHttpServer(options).requestHandler(router);
                servers.add(server);
                await(listen(server, loop));
            }
        } catch (ExecutionException | TimeoutException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new SettingsException("Cannot listen on " + Authority.of(settings.host(), settings.port())
                    + " (PLAYGRANT_HTTP_HOST, PLAYGRANT_HTTP_PORT): " + reason.getMessage());
        }
        ConnectionSetup.of(vertx);
    }

    /** Servers with the same port share it. A negative one stands for the same free port. */
    private Future<HttpServer> listen(HttpServer server, SingleThreadEventLoop loop) {
        Promise<HttpServer> listening = Promise.promise();
        int port = settings.port() == 0 ? -1 : settings.port();
        ((VertxInternal) vertx)
                .createEventLoopContext(loop, null, Thread.currentThread().getContextClassLoader())
                .runOnContext(on -> server.listen(port, settings.host()).onComplete(listening));
        return listening.future();
    }

    /** The port on which they listen. */
    public int port() {
        return servers.get(0).actualPort();
    }

    /** The Vert.x instance. */
    Vertx vertx() {
        return vertx;
    }

    @Override
    protected void doStop() throws Exception {
        await(vertx.close());
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
