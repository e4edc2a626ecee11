package io.playgrant.route.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.playgrant.observe.Metrics;
import io.playgrant.observe.RequestMeters;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.RefusalLog;
import org.apache.camel.Exchange;

/**
 * What the consumers of HTTP requests have in common.
 *
 * @param admission who is let in
 * @param overload what the others are answered
 * @param tokens where requests are counted, those that were not let in too
 * @param keys where what is asked of the key storage is counted instead, once it is let in
 * @param records where what is asked of the records is counted instead, once it is let in
 */
record HttpServerContext(
        Admission admission, Overload overload, RequestMeters tokens, RequestMeters keys, RequestMeters records) {

    /** The name by which consumers find it. */
    static final String NAME = "http-traffic";

    static HttpServerContext of(Admission admission, RefusalLog log, Metrics metrics) {
        RequestMeters tokens = metrics.requests(FlowProperties.HTTP);
        bind(admission, metrics.registry());
        return new HttpServerContext(
                admission,
                new Overload(log, tokens),
                tokens,
                metrics.requests(FlowProperties.KEYSTORE),
                metrics.requests(FlowProperties.RECORDS));
    }

    /** Where a request is counted that was let in. */
    RequestMeters meters(Exchange exchange) {
        return switch (FlowProperties.source(exchange)) {
            case FlowProperties.KEYSTORE -> keys;
            case FlowProperties.RECORDS -> records;
            default -> tokens;
        };
    }

    private static void bind(Admission admission, MeterRegistry registry) {
        Gauge.builder("playgrant.admission.arriving", admission, Admission::arriving)
                .description("Requests that are still being sent")
                .register(registry);
        Gauge.builder("playgrant.admission.in.service", admission, Admission::inService)
                .description("Requests that a worker is there for")
                .register(registry);
        Gauge.builder("playgrant.admission.waiting", admission, Admission::waiting)
                .description("Requests that wait for a worker")
                .register(registry);
        Gauge.builder("playgrant.admission.streams", admission, Admission::streams)
                .description("Streams that are open")
                .register(registry);
        FunctionCounter.builder("playgrant.admission.refused", admission, Admission::refused)
                .description("Requests that were refused because too many waited")
                .register(registry);
    }
}
