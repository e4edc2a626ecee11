package io.playgrant.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCommandTest {

    private TestHome home;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
    }

    @Test
    void portInUse_isToldInOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Run run = home.run("demo", "--port", "" + taken.getLocalPort());
            assertThat(run.err())
                    .startsWith("playgrant: Cannot listen on 127.0.0.1:" + taken.getLocalPort() + " (--port): ")
                    .hasLineCount(1);
            assertThat(run.exit()).isEqualTo(1);
        }
        assertThat(home.data()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536"})
    void noPort_isInvalidUsage(String port) {
        Run run = home.run("demo", "--port=" + port);
        assertThat(run.err()).startsWith("--port must be 0 to 65535\n");
        assertThat(run.exit()).isEqualTo(2);
    }
}
