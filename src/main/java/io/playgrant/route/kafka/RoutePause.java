package io.playgrant.route.kafka;

import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.support.service.ServiceSupport;

/** A rest on the thread of a route's consumer, which a route that is told to end does not wait for. */
final class RoutePause {

    private static final Duration LOOK = Duration.ofMillis(50);

    private RoutePause() {}

    /** Rests, unless the route ends or does so meanwhile. */
    static void rest(CamelContext context, String route, Duration duration) throws InterruptedException {
        long until = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() - until < 0 && !isEnding(context, route)) {
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** The consumer of a route that is stopped is suspended first, until what is under way is done. */
    private static boolean isEnding(CamelContext context, String id) {
        Route route = context.getRoute(id);
        return context.isStopping() || route == null || isEnding(route.getConsumer());
    }

    private static boolean isEnding(Consumer consumer) {
        return consumer instanceof ServiceSupport service
                && (service.isStoppingOrStopped() || service.isSuspendingOrSuspended());
    }
}
