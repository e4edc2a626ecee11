package io.playgrant.route;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.app.Application;
import io.playgrant.config.Settings;
import io.playgrant.config.SettingsException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowTest {

    @TempDir
    Path folder;

    @Test
    void serve_failsIfThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                Application application = Application.open(Settings.load(
                        Path.of("").toAbsolutePath(),
                        Map.of(
                                "PLAYGRANT_HTTP_PORT", Integer.toString(taken.getLocalPort()),
                                "PLAYGRANT_MANAGEMENT_PORT", "0",
                                "PLAYGRANT_DATA_DIR", folder.toString())))) {
            assertThatThrownBy(() -> Flow.serve(
                            application,
                            ports -> {
                                throw new IllegalStateException("it is not ready");
                            },
                            new CountDownLatch(0)))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageStartingWith("Cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void serve_failsIfThereIsNoRoute() throws Exception {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("routes"));
        Files.copy(Path.of("application.properties"), home.resolve("application.properties"));
        Settings settings = Settings.load(
                home,
                Map.of(
                        "PLAYGRANT_HTTP_PORT",
                        "0",
                        "PLAYGRANT_MANAGEMENT_PORT",
                        "0",
                        "PLAYGRANT_DATA_DIR",
                        folder.resolve("data").toString()));
        try (Application application = Application.open(settings)) {
            assertThatThrownBy(() -> Flow.serve(application, ports -> {}, new CountDownLatch(0)))
                    .isInstanceOf(SettingsException.class)
                    .hasMessage("No route was found in " + home.resolve("routes"));
        }
    }
}
