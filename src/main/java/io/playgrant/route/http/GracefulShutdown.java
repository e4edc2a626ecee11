package io.playgrant.route.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import io.playgrant.route.http.connection.EventLoops;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends an HTTP server so that every request that it has read is answered. */
public final class GracefulShutdown {

    private static final Logger LOG = LoggerFactory.getLogger(GracefulShutdown.class);

    private final Vertx vertx;
    private final Admission admission;

    /** The event loops whose connections are open. */
    private final Set<SingleThreadEventLoop> loops = ConcurrentHashMap.newKeySet();

    private final AtomicInteger closing;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private GracefulShutdown(HttpServers servers, Admission admission) {
        this.vertx = servers.vertx();
        this.admission = admission;
        loops.addAll(EventLoops.of(vertx));
        this.closing = new AtomicInteger(loops.size());
    }

    /**
     * Stops accepting connections, answers the open requests, each with the last answer of its connection, and closes.
     *
     * @param limit how long that may take; what is left then is cut off, and counted in the log
     */
    public static void perform(HttpServers servers, Admission admission, Duration limit) {
        new GracefulShutdown(servers, admission).perform(limit);
    }

    private void perform(Duration limit) {
        stopListening();
        admission.close(this::closeIdle);
        closeIdle();
        try {
            closed.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            logWhatIsCutOff(limit);
        } catch (ExecutionException e) {
            LOG.warn("The HTTP server did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void logWhatIsCutOff(Duration limit) {
        int requests = admission.present();
        if (requests > 0) {
            LOG.error(
                    "Requests that were cut off because they took longer than PLAYGRANT_SHUTDOWN_SECONDS, {}: {}",
                    limit.toSeconds(),
                    requests);
        } else {
            LOG.error(
                    "Answers were cut off because their clients did not read them within PLAYGRANT_SHUTDOWN_SECONDS, {}",
                    limit.toSeconds());
        }
    }

    /** Vert.x can only close a server with all its connections, so its listening socket is closed for it. */
    private void stopListening() {
        EventLoops.forEachListener(
                        vertx,
                        listener -> listener.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE))
                .forEach(Future::syncUninterruptibly);
    }

    /** Not at once, so that the last answer is out. */
    private void closeIdle() {
        loops.forEach(loop -> loop.execute(() -> closeIfIdle(loop)));
    }

    /**
     * Closes the connections of an event loop if no request is open. On the loop itself, where requests are read and answers written, so
     * that none comes in between. On a loop that is still open one may: then it is answered, and the loop closed after it.
     */
    private void closeIfIdle(SingleThreadEventLoop loop) {
        if (admission.present() > 0 || !loops.remove(loop)) {
            return;
        }
        PromiseCombiner all = new PromiseCombiner(loop);
        EventLoops.channels(loop).forEach(connection -> all.add(connection.close()));
        Promise<Void> none = loop.newPromise();
        all.finish(none.addListener(end -> loopClosed()));
    }

    private void loopClosed() {
        if (closing.decrementAndGet() == 0) {
            closed.complete(null);
        }
    }
}
