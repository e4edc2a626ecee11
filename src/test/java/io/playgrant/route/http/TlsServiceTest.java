package io.playgrant.route.http;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Profile;
import io.playgrant.route.RunningService;
import io.playgrant.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service speaking TLS itself. */
class TlsServiceTest {

    private static final String KEY = secret("70717273747576777879f0f1f2f3f4f5");
    private static final String GOOD = "kid=%5Efilm&contentKey=" + KEY + "&securityLevel=1&hdcpOutputControl=0";
    private static final TestCertificate OLD = TestCertificate.create();
    private static final TestCertificate NEW = TestCertificate.create("RSA");
    private static final TestCertificate EXPIRED =
            TestCertificate.create("EC", Instant.parse("2020-01-01T00:00:00Z"), Duration.ofDays(1));

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = serve(Files.createDirectory(folder.resolve("shared")));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void token_isIssuedOverTls_withALicenseUrlThatBeginsWithHttps() throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(OLD.trust()).build();
        URI uri = URI.create("https://localhost:" + service.port() + "/hms/wv/token");
        String form = GOOD + "&customerAuthenticator="
                + service.newCustomer(Profile.STRICT).production();
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("https://localhost:" + service.port() + "/hms/wv/rights/?ExpressPlayToken=");
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void handshake_isOfTheVersionsThatAreSafe(String version) throws Exception {
        try (SSLSocket socket = connect(service, OLD.trust())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void plainHttp_getsNothing() {
        String target = "/hms/wv/token?" + GOOD;
        assertThatThrownBy(() -> service.http().get(target))
                .isInstanceOf(IOException.class)
                .message()
                .doesNotContain("HTTP/1.1");
    }

    @Test
    void newCertificate_isUsedWithoutARestart_andOldConnectionsLiveOn() throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"));
        try (RunningService renewed = serve(own);
                SSLSocket before = connect(renewed, OLD.trust())) {
            before.startHandshake();
            NEW.write(own.resolve("chain.pem"), own.resolve("key.pem"));
            awaitServed(renewed, NEW);
            before.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(before.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 404");

            // Clients decide what they make of it.
            EXPIRED.write(own.resolve("chain.pem"), own.resolve("key.pem"));
            awaitServed(renewed, EXPIRED);
        }
    }

    /** In TLS 1.3 each side closes for itself; before, one that closes ends both (RFC 8446 section 6.1). */
    @Test
    void clientThatShutsDownItsSendingSide_getsItsAnswer() throws Exception {
        String target = "/hms/wv/token?" + GOOD + "&customerAuthenticator="
                + service.newCustomer(Profile.STRICT).production();
        for (int i = 0; i < 20; i++) {
            try (SSLSocket socket = connect(service, OLD.trust())) {
                sendLast(socket, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 200 OK\r\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientThatShutsDownItsSendingSide_inTheMiddleOfARequest_isClosed(String version) throws Exception {
        try (SSLSocket socket = connect(service, OLD.trust())) {
            socket.setEnabledProtocols(new String[] {version});
            sendLast(socket, "GET /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n");
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    private static void sendLast(SSLSocket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        socket.shutdownOutput();
    }

    private static RunningService serve(Path own) throws Exception {
        Path certificate = own.resolve("chain.pem");
        Path key = own.resolve("key.pem");
        OLD.write(certificate, key);
        return RunningService.start(
                own.resolve("data"),
                Map.of("PLAYGRANT_TLS_CERTIFICATE", certificate.toString(), "PLAYGRANT_TLS_KEY", key.toString()));
    }

    private static void awaitServed(RunningService server, TestCertificate certificate) {
        await().atMost(Duration.ofSeconds(15)).ignoreExceptions().until(() -> {
            try (SSLSocket socket = connect(server, certificate.trust())) {
                socket.startHandshake();
                return socket.getSession().getPeerCertificates()[0].equals(certificate.certificate());
            }
        });
    }

    private static SSLSocket connect(RunningService server, SSLContext trust) throws IOException {
        Socket socket = RawHttp.Connection.from(InetAddress.getLoopbackAddress())
                .withTls(trust, "localhost")
                .open(server.port());
        socket.setSoTimeout(20_000);
        return (SSLSocket) socket;
    }
}
