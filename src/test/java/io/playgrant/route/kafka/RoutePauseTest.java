package io.playgrant.route.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.route.exchange.RouteShutdown;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class RoutePauseTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void rest_endsWithItsRoute() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("timer:queue?delay=0&repeatCount=1").routeId("queue").process(exchange -> {
                        begun.countDown();
                        RoutePause.rest(context, exchange.getFromRouteId(), Duration.ofDays(1));
                        over.countDown();
                    });
                }
            });
            context.start();
            begun.await();
            assertThat(over.getCount()).isEqualTo(1);
            RouteShutdown.begin(context, "queue", Duration.ofMinutes(1)).await();
            over.await();
        }
    }
}
