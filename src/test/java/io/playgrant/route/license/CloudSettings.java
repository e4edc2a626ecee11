package io.playgrant.route.license;

import static io.playgrant.TestSecrets.secret;

import io.playgrant.cli.dev.StandInCloud;
import java.util.Map;

/** The settings with which a service asks a stand-in for Widevine's licence service. */
final class CloudSettings {

    private CloudSettings() {
        // Only its method is used.
    }

    /**
     * The environment variables.
     *
     * @param prefix {@code PLAYGRANT_} or {@code PLAYGRANT_TEST_}
     */
    static Map<String, String> of(String prefix, StandInCloud cloud) {
        // The service must keep neither of these.
        secret(StandInCloud.SIGNING_KEY);
        secret(StandInCloud.DEVICE_SERIAL);
        return Map.of(
                prefix + "LICENSE_SERVICE", "widevine-cloud",
                prefix + "WIDEVINE_URL", cloud.url().toString(),
                prefix + "WIDEVINE_PROVIDER", StandInCloud.PROVIDER,
                prefix + "WIDEVINE_KEY", StandInCloud.KEY,
                prefix + "WIDEVINE_IV", StandInCloud.IV);
    }
}
