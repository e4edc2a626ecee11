package io.playgrant.route.kafka;

import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.support.service.ServiceSupport;

/** A pause on the thread of a route's consumer that ends when the route is stopped. */
final class RoutePause {

    private static final Duration LOOK = Duration.ofMillis(50);

    private RoutePause() {}

    /** Sleeps until the time is over or the route is stopped. */
    static void rest(CamelContext context, String route, Duration duration) throws InterruptedException {
        long until = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() - until < 0 && !isEnding(context, route)) {
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** Camel suspends the consumer of a route that is stopped until the open exchanges are complete. */
    private static boolean isEnding(CamelContext context, String id) {
        Route route = context.getRoute(id);
        return context.isStopping() || route == null || isEnding(route.getConsumer());
    }

    private static boolean isEnding(Consumer consumer) {
        return consumer instanceof ServiceSupport service
                && (service.isStoppingOrStopped() || service.isSuspendingOrSuspended());
    }
}
