package io.playgrant.bench.server;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/** An HTTP server of bare Vert.x on as many event loops as there are cores, all of which listen on one port. */
final class EventLoops extends AbstractVerticle {

    /** What it prints once it serves. */
    static final Pattern READY = Pattern.compile("listening on (\\d+)\n");

    private final int port;
    private final Handler<HttpServerRequest> handler;

    private EventLoops(int port, Handler<HttpServerRequest> handler) {
        this.port = port;
        this.handler = handler;
    }

    /** Serves on a port of this machine, and prints that. */
    static void serve(int port, Handler<HttpServerRequest> handler) {
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
        vertx.deployVerticle(() -> new EventLoops(port, handler), new DeploymentOptions().setInstances(loops))
                .onSuccess(deployed -> System.out.println("listening on " + port))
                .onFailure(failure -> {
                    System.out.println(failure);
                    Runtime.getRuntime().halt(1);
                });
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
