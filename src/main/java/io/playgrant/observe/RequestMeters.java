package io.playgrant.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.playgrant.error.ErrorCode;
import io.playgrant.usage.RequestTimes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts and times the requests of one transport. All meters are registered in advance, at zero. */
public final class RequestMeters {

    private static final String SUCCESS = "0";

    private final Timer timer;
    private final Counter successes;
    private final Map<ErrorCode, Counter> refusals = new EnumMap<>(ErrorCode.class);

    RequestMeters(MeterRegistry registry, String source) {
        timer = Timer.builder("playgrant.request")
                .description("From the end of a request to its answer, waiting for a worker included")
                .tag("source", source)
                .serviceLevelObjectives(RequestTimes.BUCKETS.toArray(Duration[]::new))
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
