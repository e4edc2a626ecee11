package io.playgrant.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.JavaProcess;
import io.playgrant.Playgrant;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.client.LicenseServiceClient;
import io.playgrant.contentkey.SigningSecret;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.license.cloud.CloudProvider.Padding;
import io.playgrant.license.cloud.CloudRequests;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WidevineCloudCommandTest {

    private static final String FIRST_LINE = "A stand-in for Widevine's licence service answers on ";

    @Test
    void command_answersAsItsOptionsSay_untilItIsTerminated() throws Exception {
        Process process = JavaProcess.builder(
                        Map.of(),
                        List.of(),
                        Playgrant.class.getName(),
                        List.of(
                                "dev",
                                "widevine-cloud",
                                "--port=0",
                                "--status=ACCESS_DENIED",
                                "--internal=9",
                                "--padding=pkcs7",
                                "--fault=none"))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            assertThat(line).startsWith(FIRST_LINE);
            URI url = URI.create(line.substring(FIRST_LINE.length()));
            assertThat(url.getPath()).isEqualTo("/cenc/getlicense/widevine_test");

            assertThat(answer(url, Padding.PKCS7)).contains("\"status\":\"ACCESS_DENIED\"", "\"internal_status\":9");
            assertThat(answer(url, Padding.ZERO)).contains("\"status\":\"SIGNATURE_FAILED\"");

            // Before the end, which closes the stream.
            List<String> settings = new ArrayList<>();
            while (!line.endsWith(" ./playgrant serve")) {
                line = out.readLine();
                settings.add(line);
            }
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(settings)
                    .contains("  PLAYGRANT_TEST_WIDEVINE_PROVIDER=widevine_test \\")
                    .last()
                    .isEqualTo("  PLAYGRANT_TEST_WIDEVINE_IV=" + StandInCloud.IV + " ./playgrant serve");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String answer(URI url, Padding padding) throws IOException {
        CloudProvider provider = new CloudProvider(
                StandInCloud.PROVIDER,
                url,
                SigningSecret.ofHex(StandInCloud.KEY),
                SigningSecret.ofHex(StandInCloud.IV),
                padding);
        byte[] body = LicenseServiceClient.post(url, CloudRequests.certificate(provider), Duration.ofSeconds(20))
                .body();
        return new ObjectMapper().readTree(body).toString();
    }

    @Test
    void help_saysThatItIsAStandIn(@TempDir Path folder) throws IOException {
        Run run = TestHome.in(folder).run("dev", "widevine-cloud", "--help");

        assertThat(run.out())
                .startsWith("Usage: playgrant dev widevine-cloud ")
                .contains("Run a stand-in for Widevine's licence service", "It makes no real licence", "no-license");
        assertThat(run.exit()).isZero();
    }

    @Test
    void unknownFault_isInvalidUsage(@TempDir Path folder) throws IOException {
        Run run = TestHome.in(folder).run("dev", "widevine-cloud", "--fault", "tired");

        assertThat(run.err()).contains("'tired' is neither none nor html nor empty");
        assertThat(run.exit()).isEqualTo(2);
    }
}
