package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.route.http.RawHttp;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code playgrant demo} as a process, without a browser. */
class DemoIT {

    @TempDir
    private Path folder;

    @Test
    void demo_leavesNothingBehind() throws Exception {
        Path installation = folder.resolve("data");
        Path data;
        try (Server demo = PackagedProgram.demo(installation)) {
            JsonNode account = new ObjectMapper()
                    .readTree(new RawHttp(demo.port()).get("/demo/account").body());
            secret(account.get("customerAuthenticator").textValue());
            data = Path.of(account.get("dataDir").textValue());
            assertThat(data.resolve("ring.json")).isRegularFile();
            assertThat(demo.terminate()).isZero();
        }
        assertThat(data).doesNotExist();
        assertThat(installation).doesNotExist();
    }
}
