package io.playgrant.route.license;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.playgrant.account.Environment;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A circuit breaker around a step whose end the test decides. */
class AsyncCircuitBreakerTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Held step = new Held();
    private Circuits circuits;

    /** A step that is done when the test says so. */
    private static final class Held extends AsyncProcessorSupport {

        private final ConcurrentLinkedQueue<Runnable> open = new ConcurrentLinkedQueue<>();

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            open.add(() -> callback.done(false));
            exchange.setProperty("came", true);
            return false;
        }

        private void finish() {
            open.remove().run();
        }
    }

    @BeforeEach
    void start() throws Exception {
        circuits = Circuits.in(context);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:in")
                        .routeId("circuits")
                        .circuitBreaker()
                        .id("production-circuit")
                        .resilience4jConfiguration()
                        .slidingWindowSize(4)
                        .minimumNumberOfCalls(2)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(60)
                        .end()
                        .process(step)
                        .onFallback()
                        .process(exchange -> {
                            Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
                            exchange.getMessage().setBody(failure.getClass().getSimpleName());
                        })
                        .end()
                        .process(exchange ->
                                exchange.setProperty("place", Context.isOnEventLoopThread() ? "event loop" : "other"));
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void stepsThatWait_holdNoThread() throws Exception {
        Call call = call();
        assertThat(call.isDone()).isFalse();
        step.finish();
        assertThat(call.answer()).isEqualTo("asked");
        assertThat(circuits.state(Environment.PRODUCTION)).isEqualTo(State.CLOSED);
    }

    @Test
    void failures_openTheCircuit_andTheFallbackAnswers() throws Exception {
        assertThat(failedCall()).isEqualTo("IllegalStateException");
        assertThat(failedCall()).isEqualTo("IllegalStateException");
        assertThat(circuits.state(Environment.PRODUCTION)).isEqualTo(State.OPEN);
        assertThat(circuits.state(Environment.TEST)).isEqualTo(State.CLOSED);
        Call refused = call();
        assertThat(refused.answer()).isEqualTo(CallNotPermittedException.class.getSimpleName());
        assertThat(refused.exchange.getProperty("came")).isNull();
    }

    @Test
    void success_closesAHalfOpenCircuit() throws Exception {
        failedCall();
        failedCall();
        circuits.circuit(Environment.PRODUCTION).orElseThrow().transitionToHalfOpenState();
        Call trial = call();
        assertThat(call().answer()).isEqualTo(CallNotPermittedException.class.getSimpleName());
        step.finish();
        assertThat(trial.answer()).isEqualTo("asked");
        assertThat(circuits.state(Environment.PRODUCTION)).isEqualTo(State.CLOSED);
    }

    @Test
    void routeOfAnEventLoop_goesOnThere() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            CompletableFuture<Call> begun = new CompletableFuture<>();
            vertx.runOnContext(on -> begun.complete(call()));
            Call call = begun.get(20, TimeUnit.SECONDS);
            step.finish();
            assertThat(call.answer()).isEqualTo("asked");
            assertThat(call.exchange.getProperty("place")).isEqualTo("event loop");
        } finally {
            vertx.close();
        }
    }

    private @Nullable Object failedCall() throws Exception {
        Call call = call();
        call.exchange.setException(new IllegalStateException("it failed"));
        step.finish();
        return call.answer();
    }

    private Call call() {
        try {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody("asked");
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            AsyncProcessor route = context.getEndpoint("direct:in").createAsyncProducer();
            route.process(exchange, sync -> done.complete(sync));
            return new Call(exchange, done);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private record Call(Exchange exchange, CompletableFuture<Boolean> done) {

        boolean isDone() {
            return done.isDone();
        }

        @Nullable
        Object answer() throws Exception {
            done.get(20, TimeUnit.SECONDS);
            return exchange.getMessage().getBody();
        }
    }
}
