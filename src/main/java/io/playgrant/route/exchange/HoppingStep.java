package io.playgrant.route.exchange;

import io.playgrant.storage.WouldBlockException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Performs a step on the thread that calls it. If that is an event loop and the step would have to wait, the step begins again on a worker,
 * and the route goes on on the event loop.
 */
final class HoppingStep extends AsyncProcessorSupport {

    private final Processor step;
    private final Workers workers;

    HoppingStep(Processor step, Workers workers) {
        this.step = step;
        this.workers = workers;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            step.process(exchange);
        } catch (WouldBlockException e) {
            performOnWorker(exchange, callback);
            return false;
        } catch (Throwable e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    private void performOnWorker(Exchange exchange, AsyncCallback callback) {
        Context loop = Vertx.currentContext();
        workers.perform(loop, () -> {
                    step.process(exchange);
                    return null;
                })
                .onComplete(performed -> {
                    if (performed.failed()) {
                        exchange.setException(performed.cause());
                    }
                    callback.done(false);
                });
    }

    @Override
    public String toString() {
        return step.toString();
    }
}
