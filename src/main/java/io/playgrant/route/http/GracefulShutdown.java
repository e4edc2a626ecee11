package io.playgrant.route.http;

import io.netty.channel.ChannelFutureListener;
import io.playgrant.route.http.connection.Listeners;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends an HTTP server so that every request that it has read is answered. */
public final class GracefulShutdown {

    private static final Logger LOG = LoggerFactory.getLogger(GracefulShutdown.class);

    private final Vertx vertx;
    private final HttpServer server;
    private final Admission admission;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private GracefulShutdown(VertxPlatformHttpServer camelServer, Admission admission) {
        this.vertx = camelServer.getVertx();
        this.server = camelServer.getServer();
        this.admission = admission;
    }

    /**
     * Stops accepting connections, answers the open requests, each with the last answer of its connection, and closes.
     *
     * @param limit how long that may take; what is left then is cut off, and counted in the log
     */
    public static void perform(VertxPlatformHttpServer camelServer, Admission admission, Duration limit) {
        new GracefulShutdown(camelServer, admission).perform(limit);
    }

    private void perform(Duration limit) {
        stopListening();
        admission.close(this::closeSoon);
        closeSoon();
        try {
            closed.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.error(
                    "Requests that were cut off because they took longer than PLAYGRANT_SHUTDOWN_SECONDS, {}: {}",
                    limit.toSeconds(),
                    admission.present());
        } catch (ExecutionException e) {
            LOG.warn("The HTTP server did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Vert.x can only close a server with all its connections, so its listening socket is closed for it. */
    private void stopListening() {
        Listeners.forEach(
                vertx, listener -> listener.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE));
    }

    /** On the event loop, where requests are read and answers written, so that none comes in between; not at once, so that the last is out. */
    private void closeSoon() {
        vertx.runOnContext(later -> {
            if (admission.present() == 0) {
                server.close().onSuccess(closed::complete).onFailure(closed::completeExceptionally);
            }
        });
    }
}
