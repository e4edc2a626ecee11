package io.playgrant.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.config.Settings;
import io.playgrant.license.LicenseService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSettingsTest {

    @Test
    void settings_reachNeitherTheInstallationNorTheOutside(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");
        Files.writeString(
                folder.resolve("application.properties"),
                Files.readString(Path.of("application.properties"))
                        + "\nplaygrant.database.url=jdbc:postgresql://db/p\nplaygrant.database.user=u"
                        + "\nplaygrant.tls.certificate=c.pem\nplaygrant.tls.key=k.pem\n");
        Map<String, String> environment = Map.of(
                "PLAYGRANT_KAFKA_BROKERS", "kafka:9092",
                "PLAYGRANT_JMS_URL", "tcp://jms:61616",
                "PLAYGRANT_HTTP_HOST", "0.0.0.0",
                "PLAYGRANT_DATA_DIR", "/var/lib/playgrant",
                "PLAYGRANT_LICENSE_SERVICE", "widevine-cloud",
                "PLAYGRANT_WIDEVINE_CERTIFICATE", "certificate.bin",
                "PLAYGRANT_RIGHTS_URL", "https://drm.example.com/",
                "PLAYGRANT_TEST_RIGHTS_URL", "https://drm.test.example.com/");
        Settings settings = DemoSettings.load(folder, environment, data, 8123);
        assertThat(settings.database()).isEmpty();
        assertThat(settings.kafka()).isEmpty();
        assertThat(settings.jms()).isEmpty();
        assertThat(settings.http().tls()).isEmpty();
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8123);
        assertThat(settings.management()).isEqualTo(new Settings.Management("127.0.0.1", 0));
        assertThat(settings.dataDir()).isEqualTo(data);
        assertThat(settings.rightsUrl()).isEmpty();
        assertThat(settings.testRightsUrl()).isEmpty();
        assertThat(settings.license().production().kind()).isEqualTo(LicenseService.NONE);
        assertThat(settings.license().test().kind()).isEqualTo(LicenseService.CLEAR_KEY);
        assertThat(settings.testHosts()).containsExactly("127.0.0.1", "localhost", "test.localhost");
    }
}
