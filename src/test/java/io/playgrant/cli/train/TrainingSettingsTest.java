package io.playgrant.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSettingsTest {

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
                "PLAYGRANT_TEST_HOSTS", "localhost",
                "PLAYGRANT_WORKER_THREADS", "1",
                "PLAYGRANT_WAITING_REQUESTS", "0",
                "PLAYGRANT_SHUTDOWN_SECONDS", "7");
        Settings settings = TrainingSettings.load(folder, environment, data);
        assertThat(settings.database()).isEmpty();
        assertThat(settings.kafka()).isEmpty();
        assertThat(settings.jms()).isEmpty();
        assertThat(settings.http().tls()).isEmpty();
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isZero();
        assertThat(settings.management()).isEqualTo(new Settings.Management("127.0.0.1", 0));
        assertThat(settings.dataDir()).isEqualTo(data);
        assertThat(settings.http().shutdownTimeout()).hasSeconds(7);
        // All of its requests are answered, whatever the installation admits.
        assertThat(settings.testHosts()).containsExactly("test.localhost");
        assertThat(settings.http().workerThreads()).isEqualTo(20);
        assertThat(settings.http().waitingRequests()).isEqualTo(1_000);
    }
}
