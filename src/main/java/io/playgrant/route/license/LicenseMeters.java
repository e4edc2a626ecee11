package io.playgrant.route.license;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.playgrant.account.Environment;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts redemptions by their outcome, and times the calls of Widevine's licence service. All meters are registered at zero. */
final class LicenseMeters {

    private static final int UNAUTHORIZED = 401;
    private static final int LOWEST_SERVER_ERROR = 500;

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20)
    };

    private final Map<Environment, OfEnvironment> meters = new EnumMap<>(Environment.class);

    LicenseMeters(MeterRegistry registry) {
        for (Environment environment : Environment.values()) {
            meters.put(environment, new OfEnvironment(environment, registry));
        }
    }

    /** What came of a redemption. */
    private enum Outcome {
        LICENSE,
        RENEWAL,
        RELEASE,
        CERTIFICATE,
        /** The token, its account, the address or the device does not allow it. */
        REFUSED,
        /** The player sent no licence request, or another error of its own. */
        INVALID,
        /** The licence service, the database or the server failed. */
        FAILED;

        static Outcome of(Challenge.Kind kind) {
            return switch (kind) {
                case NEW -> LICENSE;
                case RENEWAL -> RENEWAL;
                case RELEASE -> RELEASE;
                case CERTIFICATE -> CERTIFICATE;
            };
        }

        static Outcome of(TokenException refusal) {
            if (refusal.status() == UNAUTHORIZED) {
                return REFUSED;
            }
            return refusal.status() < LOWEST_SERVER_ERROR ? INVALID : FAILED;
        }
    }

    private static final class OfEnvironment {

        private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
        private final Timer calls;
        private final Counter retries;

        private OfEnvironment(Environment environment, MeterRegistry registry) {
            for (Outcome outcome : Outcome.values()) {
                outcomes.put(
                        outcome,
                        Counter.builder("playgrant.redemptions")
                                .description("Redemptions by their outcome")
                                .tag("environment", environment.label())
                                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                                .register(registry));
            }
            calls = Timer.builder("playgrant.widevine.call")
                    .description("How long calls of Widevine's licence service take, each attempt for itself")
                    .tag("environment", environment.label())
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry);
            retries = Counter.builder("playgrant.widevine.retries")
                    .description("Second attempts to call Widevine's licence service")
                    .tag("environment", environment.label())
                    .register(registry);
        }
    }

    /** Counts an answer to a player. */
    void succeeded(Redemption redemption) {
        count(redemption, Outcome.of(redemption.kind()));
    }

    /** Counts a refusal. */
    void refused(Redemption redemption, TokenException refusal) {
        count(redemption, Outcome.of(refusal));
    }

    private void count(Redemption redemption, Outcome outcome) {
        Counter counter = of(redemption.environment()).outcomes.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    /** Counts a call of the licence service that is another attempt. */
    void began(Environment environment, int attempts) {
        if (attempts > 1) {
            of(environment).retries.increment();
        }
    }

    /** Records the duration of a call of the licence service, with or without a response. */
    void took(Environment environment, long nanos) {
        of(environment).calls.record(nanos, TimeUnit.NANOSECONDS);
    }

    private OfEnvironment of(Environment environment) {
        OfEnvironment found = meters.get(environment);
        if (found == null) {
            throw new IllegalStateException("no meters for " + environment);
        }
        return found;
    }
}
