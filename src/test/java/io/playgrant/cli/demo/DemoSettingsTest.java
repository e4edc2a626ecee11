package io.playgrant.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.cli.terminal.ConnectedHome;
import io.playgrant.config.Settings;
import io.playgrant.license.LicenseService;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSettingsTest {

    @Test
    void settings_reachNeitherTheInstallationNorTheOutside(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");
        ConnectedHome.writeTo(folder);
        Settings settings = DemoSettings.load(folder, ConnectedHome.environment(), data, 8123);
        ConnectedHome.assertIsUntouched(settings, data);
        assertThat(settings.http().port()).isEqualTo(8123);
        assertThat(settings.license().test().kind()).isEqualTo(LicenseService.CLEAR_KEY);
        assertThat(settings.testHosts()).containsExactly("127.0.0.1", "localhost", "test.localhost");
    }
}
