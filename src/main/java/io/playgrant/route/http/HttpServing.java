package io.playgrant.route.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.playgrant.config.Settings;
import io.playgrant.observe.Metrics;
import io.playgrant.observe.RequestMeters;
import io.playgrant.route.Steps;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.StepTimes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/** Connects the routes to the HTTP server: admission control, trusted proxies and meters. To be configured after the {@link Steps}. */
public final class HttpServing implements CamelConfiguration {

    private final Settings.Http settings;
    private final Admission admission;
    private final Metrics metrics;

    public HttpServing(Settings.Http settings, Metrics metrics) {
        this.settings = settings;
        this.admission = new Admission(settings.workerThreads(), settings.waitingRequests());
        this.metrics = metrics;
    }

    public Admission admission() {
        return admission;
    }

    @Override
    public void configure(CamelContext context) {
        RefusalLog log = CamelContextHelper.mandatoryLookup(context, RefusalLog.NAME, RefusalLog.class);
        Map<String, RequestMeters> meters = new ConcurrentHashMap<>();
        context.getRegistry()
                .bind(
                        HttpServerContext.NAME,
                        new HttpServerContext(
                                admission,
                                new Overload(log),
                                new TrustedProxies(settings.trustedProxies()),
                                source -> meters.computeIfAbsent(source, metrics::requests)));
        measureAdmission();
        context.getCamelContextExtension().addInterceptStrategy(new StepTimes(metrics));
    }

    private void measureAdmission() {
        MeterRegistry registry = metrics.registry();
        Gauge.builder("playgrant.admission.arriving", admission, Admission::arriving)
                .description("Requests that are being received")
                .register(registry);
        Gauge.builder("playgrant.admission.in.service", admission, Admission::inService)
                .description("Requests that workers serve")
                .register(registry);
        Gauge.builder("playgrant.admission.waiting", admission, Admission::waiting)
                .description("Requests that wait for a worker")
                .register(registry);
        Gauge.builder("playgrant.admission.streams", admission, Admission::streams)
                .description("Open streams")
                .register(registry);
        FunctionCounter.builder("playgrant.admission.refused", admission, Admission::refused)
                .description("Requests refused because too many were waiting")
                .register(registry);
    }
}
