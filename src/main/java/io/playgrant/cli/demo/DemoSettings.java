package io.playgrant.cli.demo;

import io.playgrant.cli.terminal.IsolatedEnvironment;
import io.playgrant.config.Settings;
import java.nio.file.Path;
import java.util.Map;

/** The settings of a demo. */
final class DemoSettings {

    private DemoSettings() {}

    /**
     * Loads them.
     *
     * @param home the folder of {@code application.properties} and {@code routes/}
     * @param environment the process's environment variables
     * @param data the data folder of the demo
     * @param port the port to listen on; 0 picks a free one
     */
    static Settings load(Path home, Map<String, String> environment, Path data, int port) {
        Map<String, String> variables = IsolatedEnvironment.of(environment, data);
        variables.put("PLAYGRANT_HTTP_PORT", Integer.toString(port));
        // Only the test environment may use Clear Key, so all names of the page belong to it.
        variables.put("PLAYGRANT_TEST_HOSTS", IsolatedEnvironment.LOOPBACK + ",localhost,test.localhost");
        variables.put("PLAYGRANT_TEST_LICENSE_SERVICE", "clear-key");
        // So that another player on this machine can be tried, too.
        variables.put("PLAYGRANT_RIGHTS_ORIGINS", "*");
        variables.put("PLAYGRANT_RIGHTS_CREDENTIALS", "false");
        // The page shows records.
        variables.put("PLAYGRANT_RECORDS", "async");
        variables.put("PLAYGRANT_SHUTDOWN_SECONDS", "1");
        return Settings.load(home, variables);
    }
}
