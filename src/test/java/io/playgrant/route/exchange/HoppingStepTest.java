package io.playgrant.route.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.storage.NonBlockingThreads;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoppingStepTest {

    private final Vertx vertx = Vertx.vertx();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    /** Where each attempt of the step ran, and its callback. */
    private final List<String> places = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void stepThatNeedNotWait_runsOnTheEventLoop() throws Exception {
        onEventLoop(ignored -> notePlace());
        assertThat(places).containsExactly("event loop", "event loop");
    }

    @Test
    void stepThatWouldWait_beginsAgainOnAWorker_andTheRouteGoesOnOnTheEventLoop() throws Exception {
        onEventLoop(ignored -> {
            notePlace();
            NonBlockingThreads.refuseCurrent();
        });
        assertThat(places).containsExactly("event loop", "worker", "event loop");
        assertThat(exchange.getException()).isNull();
    }

    @Test
    void failureOnAWorker_isThatOfTheExchange() throws Exception {
        onEventLoop(ignored -> {
            NonBlockingThreads.refuseCurrent();
            throw new IllegalStateException("it failed");
        });
        assertThat(places).containsExactly("event loop");
        assertThat(exchange.getException())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("it failed");
    }

    @Test
    void onOtherThreads_theStepWaitsWhereItIs() {
        boolean sync = new HoppingStep(
                        ignored -> {
                            NonBlockingThreads.refuseCurrent();
                            notePlace();
                        },
                        Workers.OF_THE_SERVER)
                .process(exchange, doneSync -> notePlace());
        assertThat(sync).isTrue();
        assertThat(places).containsExactly("other", "other");
    }

    @Test
    void stepWithThreadsOfItsOwn_waitsOnThem() throws Exception {
        onEventLoop(Workers.named("own", 1), ignored -> {
            NonBlockingThreads.refuseCurrent();
            places.add(Thread.currentThread().getName());
        });
        assertThat(places).containsExactly("own-0", "event loop");
    }

    private void onEventLoop(Processor step) throws Exception {
        onEventLoop(Workers.OF_THE_SERVER, step);
    }

    private void onEventLoop(Workers workers, Processor step) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        vertx.runOnContext(on -> {
            NonBlockingThreads.addCurrent();
            new HoppingStep(step, workers).process(exchange, doneSync -> {
                notePlace();
                done.complete(null);
            });
        });
        done.get(20, TimeUnit.SECONDS);
    }

    private void notePlace() {
        places.add(Context.isOnEventLoopThread() ? "event loop" : Context.isOnWorkerThread() ? "worker" : "other");
    }
}
