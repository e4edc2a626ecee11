package io.playgrant.cli.train;

import io.playgrant.cli.terminal.IsolatedEnvironment;
import io.playgrant.config.Settings;
import java.nio.file.Path;
import java.util.Map;

/** The settings of a training run. */
final class TrainingSettings {

    private TrainingSettings() {}

    /**
     * Loads them.
     *
     * @param home the folder of {@code application.properties} and {@code routes/}
     * @param environment the process's environment variables
     * @param data the data folder of the run
     */
    static Settings load(Path home, Map<String, String> environment, Path data) {
        Map<String, String> variables = IsolatedEnvironment.of(environment, data);
        // The requests name localhost, in the production environment, or this host, and four come at the same time.
        variables.put("PLAYGRANT_TEST_HOSTS", TrainingRequest.TEST_HOST);
        variables.put("PLAYGRANT_TEST_LICENSE_SERVICE", "clear-key");
        variables.put("PLAYGRANT_WORKER_THREADS", "20");
        variables.put("PLAYGRANT_WAITING_REQUESTS", "1000");
        return Settings.load(home, variables);
    }
}
