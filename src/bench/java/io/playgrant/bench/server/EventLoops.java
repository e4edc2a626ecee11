package io.playgrant.bench.server;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;

/** An HTTP server of bare Vert.x on as many event loops as there are cores, all of which listen on one port. */
final class EventLoops extends AbstractVerticle {

    /** What it prints once it serves. */
    static final Pattern READY = Pattern.compile("listening on (\\d+)\n");

    /** The service's own setting, so that all use the same transport. */
    private static final String NATIVE = "camel.beans.vertxOptions.preferNativeTransport";

    private final int port;
    private final Handler<HttpServerRequest> handler;

    private EventLoops(int port, Handler<HttpServerRequest> handler) {
        this.port = port;
        this.handler = handler;
    }

    /** Serves on a port of this machine, and prints that. */
    static void serve(int port, Handler<HttpServerRequest> handler) throws IOException {
        int loops = Runtime.getRuntime().availableProcessors();
        VertxOptions options =
                new VertxOptions().setEventLoopPoolSize(loops).setPreferNativeTransport(prefersNativeTransport());
        Vertx vertx = Vertx.vertx(options);
        vertx.deployVerticle(() -> new EventLoops(port, handler), new DeploymentOptions().setInstances(loops))
                .onSuccess(deployed -> System.out.println("listening on " + port))
                .onFailure(failure -> {
                    System.out.println(failure);
                    Runtime.getRuntime().halt(1);
                });
    }

    private static boolean prefersNativeTransport() throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("application.properties"))) {
            properties.load(in);
        }
        return Boolean.parseBoolean(properties.getProperty(NATIVE));
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.createHttpServer()
                .requestHandler(handler)
                .listen(port, "127.0.0.1")
                .<Void>mapEmpty()
                .onComplete(started);
    }
}
