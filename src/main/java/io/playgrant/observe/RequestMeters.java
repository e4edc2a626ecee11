package io.playgrant.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.playgrant.error.ErrorCode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts and times the requests of one transport. All meters are registered in advance, at zero. */
public final class RequestMeters {

    private static final String SUCCESS = "0";

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final Timer timer;
    private final Counter successes;
    private final Map<ErrorCode, Counter> refusals = new EnumMap<>(ErrorCode.class);

    RequestMeters(MeterRegistry registry, String source) {
        timer = Timer.builder("playgrant.request")
                .description("From the end of a request to its answer, waiting for a worker included")
                .tag("source", source)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        successes = counter(registry, source, SUCCESS);
        for (ErrorCode code : ErrorCode.values()) {
            refusals.put(code, counter(registry, source, Integer.toString(code.number())));
        }
    }

    /** Counts a successful request. */
    public void succeeded() {
        successes.increment();
    }

    /** Counts a refused request. */
    public void refused(ErrorCode code) {
        Counter counter = refusals.get(code);
        if (counter != null) {
            counter.increment();
        }
    }

    /** Records the duration of an admitted request, refused or not. */
    public void took(long nanos) {
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private static Counter counter(MeterRegistry registry, String source, String code) {
        return Counter.builder("playgrant.requests")
                .description("Requests by the code of their answer; 0 is success")
                .tag("source", source)
                .tag("code", code)
                .register(registry);
    }
}
