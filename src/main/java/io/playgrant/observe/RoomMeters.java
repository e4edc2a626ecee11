package io.playgrant.observe;

import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.keystore.HeldKeyRewrap;
import io.playgrant.token.sealing.KeyRingFile;

/** Binds the gauges of the domain packages, which do not depend on the metrics. */
final class RoomMeters {

    private RoomMeters() {}

    static void bind(Application application, MeterRegistry registry) {
        bindKeyRing(application.keyRing(), registry);
        application.database().measure(new MicrometerMetricsTrackerFactory(registry));
    }

    static void bind(HeldKeyRewrap rewrap, MeterRegistry registry) {
        Gauge.builder("playgrant.held.keys.to.rewrap", rewrap, HeldKeyRewrap::left)
                .description("Held keys that another key than the active one of the storage ring still wraps")
                .register(registry);
    }

    private static void bindKeyRing(KeyRingFile ring, MeterRegistry registry) {
        Gauge.builder("playgrant.ring.usable", ring, file -> file.problem().isPresent() ? 0 : 1)
                .description(
                        "Whether the key ring's file can be used as it is now; if not, the ring from before serves on")
                .register(registry);
        for (Environment environment : Environment.values()) {
            Gauge.builder("playgrant.ring.keys", ring, file -> file.get().size(environment))
                    .description("Keys of the ring that is in use")
                    .tag("environment", environment.label())
                    .register(registry);
        }
    }
}
