package io.playgrant.cli.terminal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment variables of a server that a command runs for itself and throws away with its data: those of the process, without
 * everything that would touch the installation, other services or other machines.
 */
public final class IsolatedEnvironment {

    /** The only address on which such a server listens. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final String ANY_FREE_PORT = "0";

    private IsolatedEnvironment() {}

    /**
     * The variables, which the caller may change.
     *
     * @param environment the process's environment variables
     * @param data the data folder of the server
     */
    public static Map<String, String> of(Map<String, String> environment, Path data) {
        Map<String, String> isolated = new HashMap<>(environment);
        isolated.put("PLAYGRANT_DATA_DIR", data.toAbsolutePath().toString());
        isolated.put("PLAYGRANT_HTTP_HOST", LOOPBACK);
        isolated.put("PLAYGRANT_HTTP_PORT", ANY_FREE_PORT);
        isolated.put("PLAYGRANT_MANAGEMENT_HOST", LOOPBACK);
        isolated.put("PLAYGRANT_MANAGEMENT_PORT", ANY_FREE_PORT);
        isolated.put("PLAYGRANT_LICENSE_SERVICE", "none");
        isolated.put("PLAYGRANT_TEST_LICENSE_SERVICE", "none");
        // Empty overrides what application.properties says.
        List.of(
                        "PLAYGRANT_TLS_CERTIFICATE",
                        "PLAYGRANT_TLS_KEY",
                        "PLAYGRANT_TRUSTED_PROXIES",
                        "PLAYGRANT_RIGHTS_URL",
                        "PLAYGRANT_TEST_RIGHTS_URL",
                        "PLAYGRANT_WIDEVINE_CERTIFICATE",
                        "PLAYGRANT_TEST_WIDEVINE_CERTIFICATE",
                        "PLAYGRANT_DATABASE_URL",
                        "PLAYGRANT_KAFKA_BROKERS",
                        "PLAYGRANT_JMS_URL")
                .forEach(name -> isolated.put(name, ""));
        return isolated;
    }
}
