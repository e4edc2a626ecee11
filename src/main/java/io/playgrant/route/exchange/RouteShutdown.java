package io.playgrant.route.exchange;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a route that reads a queue, while others go on: takes no more messages and finishes those that are under way. */
public final class RouteShutdown {

    private static final Logger LOG = LoggerFactory.getLogger(RouteShutdown.class);

    private final Thread thread;

    private RouteShutdown(Thread thread) {
        this.thread = thread;
    }

    /**
     * Begins to end a route, if there is such a one.
     *
     * @param limit how long that may take; what is left then goes back to its queue
     */
    public static RouteShutdown begin(CamelContext context, String route, Duration limit) {
        Thread thread = new Thread(() -> stop(context, route, limit), "farewell-" + route);
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
