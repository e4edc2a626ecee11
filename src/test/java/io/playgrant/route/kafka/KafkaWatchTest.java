package io.playgrant.route.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.time.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaWatchTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @AutoClose
    private final Schedule schedule = new Schedule();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final AtomicBoolean isNameKnown = new AtomicBoolean();
    private final AtomicReference<List<String>> missing = new AtomicReference<>(List.of());
    private final KafkaWatch watch = new KafkaWatch(context, missing::get, Clock.fixed(NOW, ZoneOffset.UTC), schedule);

    @BeforeEach
    void start() throws Exception {
        context.addComponent("topics", new Topics());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("topics:requests")
                        .routeId("token-kafka")
                        .autoStartup(false)
                        .to("mock:results");
            }
        });
        context.start();
        context.addService(watch);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void route_isStarted_onceItCanBe() {
        await().until(() -> watch.problem().isPresent());
        assertThat(watch.problem())
                .contains("the Kafka brokers cannot be found yet: KafkaException, no such host; since " + NOW);
        assertThat(status()).isEqualTo(ServiceStatus.Stopped);
        isNameKnown.set(true);
        await().until(() -> watch.problem().isEmpty());
        assertThat(status()).isEqualTo(ServiceStatus.Started);
    }

    @Test
    void missingTopics_areAProblem_untilTheyAreMade() {
        isNameKnown.set(true);
        missing.set(List.of("dead", "results"));
        await().until(() -> watch.problem().isPresent());
        assertThat(watch.problem()).contains("the Kafka brokers do not have the topic dead, results; since " + NOW);
        missing.set(List.of());
        await().until(() -> watch.problem().isEmpty());
    }

    private ServiceStatus status() {
        return context.getRouteController().getRouteStatus("token-kafka");
    }

    /** Its consumer does not start without a name, as that of Kafka does not. */
    private final class Topics extends DefaultComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    return new DefaultConsumer(this, processor) {
                        @Override
                        protected void doStart() throws Exception {
                            if (!isNameKnown.get()) {
                                throw new KafkaException("no such host");
                            }
                            super.doStart();
                        }
                    };
                }
            };
        }
    }
}
