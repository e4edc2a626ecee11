package io.playgrant.cli.train;

import io.playgrant.config.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The settings of a training run: those of the installation, without everything that would touch it or the outside. */
final class TrainingSettings {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String ANY_PORT = "0";

    private TrainingSettings() {}

    /**
     * Loads them.
     *
     * @param home the folder of {@code application.properties} and {@code routes/}
     * @param environment the process's environment variables
     * @param data the data folder of the run
     */
    static Settings load(Path home, Map<String, String> environment, Path data) {
        Map<String, String> overridden = new HashMap<>(environment);
        overridden.put("PLAYGRANT_DATA_DIR", data.toAbsolutePath().toString());
        overridden.put("PLAYGRANT_HTTP_HOST", LOOPBACK);
        overridden.put("PLAYGRANT_HTTP_PORT", ANY_PORT);
        overridden.put("PLAYGRANT_MANAGEMENT_HOST", LOOPBACK);
        overridden.put("PLAYGRANT_MANAGEMENT_PORT", ANY_PORT);
        // The requests name localhost, in the production environment, and four come at the same time.
        overridden.put("PLAYGRANT_TEST_HOSTS", "test.localhost");
        overridden.put("PLAYGRANT_WORKER_THREADS", "20");
        overridden.put("PLAYGRANT_WAITING_REQUESTS", "1000");
        // Empty overrides what application.properties says.
        List.of(
                        "PLAYGRANT_TLS_CERTIFICATE",
                        "PLAYGRANT_TLS_KEY",
                        "PLAYGRANT_DATABASE_URL",
                        "PLAYGRANT_KAFKA_BROKERS",
                        "PLAYGRANT_JMS_URL")
                .forEach(name -> overridden.put(name, ""));
        return Settings.load(home, overridden);
    }
}
