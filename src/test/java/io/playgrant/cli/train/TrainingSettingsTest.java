package io.playgrant.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.cli.terminal.ConnectedHome;
import io.playgrant.config.Settings;
import io.playgrant.license.LicenseService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSettingsTest {

    @Test
    void settings_reachNeitherTheInstallationNorTheOutside(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");
        ConnectedHome.writeTo(folder);
        Map<String, String> environment = ConnectedHome.environment();
        environment.put("PLAYGRANT_TEST_HOSTS", "localhost");
        environment.put("PLAYGRANT_WORKER_THREADS", "1");
        environment.put("PLAYGRANT_WAITING_REQUESTS", "0");
        environment.put("PLAYGRANT_SHUTDOWN_SECONDS", "7");
        Settings settings = TrainingSettings.load(folder, environment, data);
        ConnectedHome.assertIsUntouched(settings, data);
        assertThat(settings.http().port()).isZero();
        assertThat(settings.http().shutdownTimeout()).hasSeconds(7);
        // All of its requests are answered, whatever the installation admits.
        assertThat(settings.testHosts()).containsExactly("test.localhost");
        assertThat(settings.license().test().kind()).isEqualTo(LicenseService.CLEAR_KEY);
        assertThat(settings.http().workerThreads()).isEqualTo(20);
        assertThat(settings.http().waitingRequests()).isEqualTo(1_000);
    }
}
