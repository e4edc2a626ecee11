package io.playgrant.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.config.Settings;
import io.playgrant.license.LicenseService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of an installation with connections of all kinds, for tests of commands that run a server which must use none of them. */
public final class ConnectedHome {

    private ConnectedHome() {}

    /** Writes {@code application.properties} to a folder. */
    public static void writeTo(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("application.properties"),
                Files.readString(Path.of("application.properties"))
                        + "\nplaygrant.database.url=jdbc:postgresql://db/p\nplaygrant.database.user=u"
                        + "\nplaygrant.tls.certificate=c.pem\nplaygrant.tls.key=k.pem\n");
    }

    /** The environment variables, to which a test adds its own. */
    public static Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "PLAYGRANT_KAFKA_BROKERS", "kafka:9092",
                "PLAYGRANT_JMS_URL", "tcp://jms:61616",
                "PLAYGRANT_HTTP_HOST", "0.0.0.0",
                "PLAYGRANT_DATA_DIR", "/var/lib/playgrant",
                "PLAYGRANT_LICENSE_SERVICE", "widevine-cloud",
                "PLAYGRANT_WIDEVINE_CERTIFICATE", "certificate.bin",
                "PLAYGRANT_RIGHTS_URL", "https://drm.example.com/",
                "PLAYGRANT_TEST_RIGHTS_URL", "https://drm.test.example.com/"));
    }

    /** Checks that the settings of a server lead to its own data folder and to this machine only. */
    public static void assertIsUntouched(Settings settings, Path data) {
        assertThat(settings.database()).isEmpty();
        assertThat(settings.kafka()).isEmpty();
        assertThat(settings.jms()).isEmpty();
        assertThat(settings.http().tls()).isEmpty();
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.management()).isEqualTo(new Settings.Management("127.0.0.1", 0));
        assertThat(settings.dataDir()).isEqualTo(data);
        assertThat(settings.rightsUrl()).isEmpty();
        assertThat(settings.testRightsUrl()).isEmpty();
        assertThat(settings.license().production().kind()).isEqualTo(LicenseService.NONE);
    }
}
