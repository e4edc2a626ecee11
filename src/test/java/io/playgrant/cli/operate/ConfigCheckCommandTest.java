package io.playgrant.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCheckCommandTest {

    private static final Map<String, String> FREE_PORTS =
            Map.of("PLAYGRANT_HTTP_PORT", "0", "PLAYGRANT_MANAGEMENT_PORT", "0");

    private Path path;
    private TestHome home;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        this.path = path;
        home = TestHome.in(path);
    }

    @Test
    void goodSettings_areATable() throws Exception {
        Run run = home.runProcess(FREE_PORTS, "config", "check");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("""
                        SETTING                          FROM                    VALUE
                        PLAYGRANT_HTTP_HOST              application.properties  127.0.0.1
                        PLAYGRANT_HTTP_PORT              environment             0
                        """)
                .contains("\nPLAYGRANT_TLS_KEY                application.properties\n")
                .contains("\nPLAYGRANT_DATA_DIR               application.properties  data\n")
                .contains("\nPLAYGRANT_DATABASE_PASSWORD_FILE application.properties\n")
                .contains("\nPLAYGRANT_KAFKA_SESSION_SECONDS  application.properties  10\n");
        assertThat(run.exit()).isZero();
        assertThat(home.data()).doesNotExist();
    }

    @Test
    void whatIsWrong_isToldInTheEnd() throws Exception {
        Map<String, String> environment = new HashMap<>(FREE_PORTS);
        environment.put("PLAYGRANT_LOG_FORMAT", "xml");
        environment.put("PLAYGRANT_LOGFORMAT", "json");
        Run run = home.runProcess(environment, "config", "check");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).endsWith("""
                        warning: The environment variable PLAYGRANT_LOGFORMAT is not a setting; did you mean PLAYGRANT_LOG_FORMAT?
                        problem: PLAYGRANT_LOG_FORMAT (playgrant.log.format in application.properties) must be text or json, not 'xml'
                        """);
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void json_isOneLine() throws Exception {
        Run run = home.runProcess(FREE_PORTS, "config", "check", "--json");
        JsonNode json = run.json();
        assertThat(json.get("settings").get(0))
                .hasToString(
                        "{\"setting\":\"PLAYGRANT_HTTP_HOST\",\"source\":\"application.properties\",\"value\":\"127.0.0.1\"}");
        assertThat(json.get("problems")).isEmpty();
        assertThat(json.get("warnings")).isEmpty();
        assertThat(run.exit()).isZero();
    }

    @Test
    void missingFile_isTold() throws IOException {
        Files.delete(path.resolve("application.properties"));
        Run run = home.run("config", "check");
        assertThat(run.out())
                .isEqualTo("problem: The settings in " + path.resolve("application.properties")
                        + " cannot be read: there is no such file or folder\n");
        assertThat(run.exit()).isEqualTo(1);
    }
}
