package io.playgrant.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {

    private final StaticFiles files = new StaticFiles();

    @Test
    void everyUrl_hasTheDigestOfItsContent() {
        assertThat(files.paths())
                .hasSize(6)
                .allMatch(path -> path.matches("/console/static/[a-z]+\\.[0-9a-f]{12}\\.(css|js|svg)"))
                .containsExactlyInAnyOrderElementsOf(files.urls().values())
                .allSatisfy(path -> assertThat(path)
                        .contains(files.find(path).orElseThrow().etag().replace("\"", "")));
    }

    @Test
    void scriptsAndStylesOfLibraries_comeFromTheirWebjars() {
        assertThat(text("htmx")).contains("version:\"2.0.8\"");
        assertThat(text("chart")).contains("uPlot").contains("v1.6.30");
        assertThat(text("chartStyle")).contains(".uplot");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/static/",
                "/console/static/console.css",
                "/console/static/../layout.html",
                "/console/static/%2e%2e/layout.html",
                "/console/static/..\\layout.html",
                "/console/static//etc/passwd",
                "/META-INF/MANIFEST.MF",
                ""
            })
    void anotherPath_hasNoFile(String path) {
        assertThat(files.find(path)).isEmpty();
    }

    private String text(String name) {
        return new String(
                files.find(Objects.requireNonNull(files.urls().get(name)))
                        .orElseThrow()
                        .content(),
                StandardCharsets.UTF_8);
    }
}
