package io.playgrant.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.config.SettingsException;
import io.playgrant.config.TestInstallation;
import io.playgrant.console.RunningConsole;
import io.playgrant.route.http.RawHttp;
import io.playgrant.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The management port with TLS of its own. */
class TlsConsoleTest {

    @TempDir
    private Path folder;

    @Test
    void managementPort_speaksTls() throws IOException {
        TestCertificate certificate = TestCertificate.create();
        Path chain = Files.writeString(folder.resolve("chain.pem"), certificate.pem());
        Path key = Files.writeString(folder.resolve("key.pem"), certificate.keyPem());
        try (RunningConsole console = RunningConsole.start(
                folder.resolve("data"),
                Map.of(
                        "PLAYGRANT_TLS_CERTIFICATE", chain.toString(),
                        "PLAYGRANT_TLS_KEY", key.toString(),
                        "PLAYGRANT_MANAGEMENT_TLS", "on"))) {
            RawHttp http = new RawHttp(
                    console.port(),
                    RawHttp.Connection.from(InetAddress.getLoopbackAddress())
                            .withTls(certificate.trust(), "localhost"));
            RawHttp.Answer page = http.get("/console/sign-in");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("strict-transport-security")).isEqualTo("max-age=31536000");
            assertThat(page.header("set-cookie"))
                    .matches("__Host-playgrant-sign-in=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure");
            assertThat(http.get("/observe/health/live").status()).isEqualTo(200);
            assertThatThrownBy(() -> new RawHttp(console.port()).get("/observe/health/live"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void tls_needsACertificate() {
        assertThatThrownBy(() -> TestInstallation.open(folder, Map.of("PLAYGRANT_MANAGEMENT_TLS", "on")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("PLAYGRANT_MANAGEMENT_TLS=on needs PLAYGRANT_TLS_CERTIFICATE and PLAYGRANT_TLS_KEY");
    }
}
