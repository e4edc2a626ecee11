package io.playgrant.route.exchange;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops a route that reads a queue while other routes continue: it reads no more messages and completes the open ones. */
public final class RouteShutdown {

    private static final Logger LOG = LoggerFactory.getLogger(RouteShutdown.class);

    private final Thread thread;

    private RouteShutdown(Thread thread) {
        this.thread = thread;
    }

    /**
     * Starts to stop a route, if it exists.
     *
     * @param limit the longest time; messages that are open after it go back to their queue
     */
    public static RouteShutdown begin(CamelContext context, String route, Duration limit) {
        Thread thread = new Thread(() -> stop(context, route, limit), "shutdown-" + route);
        thread.start();
        return new RouteShutdown(thread);
    }

    /** Waits for the end. */
    public void await() throws InterruptedException {
        thread.join();
    }

    private static void stop(CamelContext context, String route, Duration limit) {
        if (context.getRoute(route) == null) {
            return;
        }
        try {
            context.getRouteController().stopRoute(route, limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            LOG.warn("The route {} did not end", route, e);
        }
    }
}
