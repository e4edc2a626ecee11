package io.playgrant.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.app.Application;
import io.playgrant.config.Settings;
import io.playgrant.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Misspelt names in {@code routes/} stop the start with a sentence that names the route. */
class RouteCheckTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token | ref: mint} | ref: mnit} | The route token refers to the step mnit, which does not exist",
                "token | ref: key-is-stored | ref: kye-is-stored |"
                        + " The route token refers to the decision or value kye-is-stored, which does not exist",
                "token | ref: another-key | ref: another-kye |"
                        + " The route token refers to the decision or value another-kye, which does not exist",
                "token-http | direct:token} | direct:tokn} | The route token-http calls direct:tokn, with which no route begins",
                "token-http | http-errors | http-errrors |"
                        + " The route token-http names the routeConfiguration http-errrors, which does not exist",
                "errors | ref: error-is-json | ref: error-is-jsn |"
                        + " The routeConfiguration http-errors refers to the decision or value error-is-jsn, which does not exist",
                "token-http | /hms/wv/token | /hms/wv/tokn | The route token-http begins with platform-http:/hms/wv/tokn,"
                        + " for which no Endpoint is declared"
            })
    void misspeltName_stopsTheStart(String file, String right, String wrong, String message) throws Exception {
        try (Application application = Application.open(settings(file, right, wrong))) {
            assertThatThrownBy(() -> Flow.serve(application, ports -> {}, new CountDownLatch(0)))
                    .isInstanceOf(SettingsException.class)
                    .hasMessage(message);
        }
    }

    private Settings settings(String file, String right, String wrong) throws IOException {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("routes"));
        for (Path route : RouteFiles.all()) {
            Files.copy(route, home.resolve("routes").resolve(route.getFileName()));
        }
        Files.copy(Path.of("application.properties"), home.resolve("application.properties"));
        Path changed = home.resolve("routes").resolve(file + ".camel.yaml");
        String yaml = Files.readString(changed);
        assertThat(yaml).contains(right);
        Files.writeString(changed, yaml.replace(right, wrong));
        return Settings.load(
                home,
                Map.of(
                        "PLAYGRANT_HTTP_PORT",
                        "0",
                        "PLAYGRANT_MANAGEMENT_PORT",
                        "0",
                        "PLAYGRANT_DATA_DIR",
                        folder.resolve("data").toString()));
    }
}
