package io.playgrant.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All metrics. No label has a value that a client chose. The values of a label are constants of the program or account numbers.
 *
 * <p>{@link RoomMeters} binds the gauges of the domain packages.
 */
public final class Metrics implements AutoCloseable {

    private static final Duration[] STEP_BUCKETS = {
        micros(10),
        micros(50),
        micros(100),
        micros(500),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, RequestMeters> requests = new ConcurrentHashMap<>();
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    /** Metrics of this process and its JVM. Other meters are added later. */
    public Metrics() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        Gauge.builder("playgrant.build.info", () -> 1)
                .description("Which program this is")
                .tag("version", version())
                .register(registry);
    }

    /** The registry of all meters. */
    public MeterRegistry registry() {
        return registry;
    }

    /**
     * The meters of the requests of one source.
     *
     * @param source the source, as in the log
     */
    public RequestMeters requests(String source) {
        return requests.computeIfAbsent(source, absent -> new RequestMeters(registry, source));
    }

    /** The meters of requests by source. */
    Map<String, RequestMeters> requestMeters() {
        return requests;
    }

    /** The time that a step of a route takes, including everything that it calls. */
    public Timer step(String route, String step) {
        return Timer.builder("playgrant.step")
                .description("How long the steps of the routes take; one in 16 executions is measured, at random")
                .tag("route", route)
                .tag("step", step)
                .serviceLevelObjectives(STEP_BUCKETS)
                .register(registry);
    }

    /** All values, in the text format of Prometheus, version 0.0.4. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * 1_000);
    }

    private static String version() {
        String version = Metrics.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
