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
import io.playgrant.tls.TlsFiles;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;
import org.jspecify.annotations.Nullable;

/** Connects the routes to the HTTP server: admission control, trusted proxies and meters. To be configured after the {@link Steps}. */
public final class HttpServing implements CamelConfiguration {

    private final Settings.Http settings;
    private final Admission admission;
    private final Metrics metrics;
    private final HttpServers servers;

    /**
     * A server that has not started.
     *
     * @param tls the certificate and its key; null without TLS
     */
    public HttpServing(Settings.Http settings, @Nullable TlsFiles tls, Metrics metrics) {
        this.settings = settings;
        this.servers = new HttpServers(settings, tls);
        this.admission = new Admission(settings.workerThreads(), settings.waitingRequests());
        this.metrics = metrics;
    }

    /** The port on which it listens, once it has started. */
    public int port() {
        return servers.port();
    }

    /** Ends the server so that every request that it has read is answered, see {@link GracefulShutdown}. */
    public void shutDown(Duration limit) {
        GracefulShutdown.perform(servers, admission, limit);
    }

    @Override
    public void configure(CamelContext context) throws Exception {
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
        servers.serve(context);
        measureAdmission();
        context.getCamelContextExtension().addInterceptStrategy(new StepTimes(metrics, StepTimes.ONE_OF));
    }

    private void measureAdmission() {
        MeterRegistry registry = metrics.registry();
        Gauge.builder("playgrant.admission.arriving", admission, Admission::arriving)
                .description("Requests that are being received")
                .register(registry);
        Gauge.builder("playgrant.admission.in.service", admission, Admission::inService)
                .description("Open requests, at most as many as there are workers")
                .register(registry);
        Gauge.builder("playgrant.admission.waiting", admission, Admission::waiting)
                .description("Open requests beyond the number of workers")
                .register(registry);
        Gauge.builder("playgrant.admission.limited", admission, Admission::limited)
                .description("Open requests to endpoints that may hold half of the places at most")
                .register(registry);
        Gauge.builder("playgrant.admission.streams", admission, Admission::streams)
                .description("Open streams")
                .register(registry);
        FunctionCounter.builder("playgrant.admission.refused", admission, Admission::refused)
                .description("Requests refused because too many were waiting")
                .register(registry);
    }
}
