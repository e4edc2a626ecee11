package io.playgrant.client;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.playgrant.batch.BatchException;
import io.playgrant.batch.Item;
import io.playgrant.batch.TokenResult;
import io.playgrant.tls.TestCertificate;
import io.playgrant.token.Parameters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of https, and whether they are trusted. */
class AuthoritiesTest {

    private static final String AUTHENTICATOR = secret("1001,d1d2d3d4d5d6d7d8d9dadbdcdddedfd0");
    private static final List<Item> ITEMS = List.of(Item.of("a", new Parameters().add("kid", "^k")));

    private final TestCertificate certificate = TestCertificate.create();
    private HttpsServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity()));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"id\":\"a\",\"licenseUrl\":\"u\"}\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void certificateOfTheFile_isTrusted() throws IOException {
        Path pem = file("# ours\n" + TestCertificate.create().pem() + certificate.pem());
        assertThat(tokens(Authorities.of(pem)).issue(ITEMS)).containsExactly(TokenResult.of("a", "u"));
    }

    @Test
    void otherCertificates_areNot_whichIsFinal() throws IOException {
        assertFails(Authorities.ofJava(), " is not trusted: no trusted authority issued its certificate");
        // Of the same name, but with another key.
        assertFails(Authorities.of(file(TestCertificate.create().pem())), " is not trusted: signature check failed");
    }

    @Test
    void fileWithoutCertificates_isRefused() throws IOException {
        for (String content : List.of("", "nonsense", certificate.keyPem())) {
            Path pem = file(content);
            assertThatThrownBy(() -> Authorities.of(pem))
                    .isInstanceOf(BatchException.class)
                    .hasMessage(pem + " must contain certificates in PEM");
        }
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Authorities.of(missing))
                .isInstanceOf(BatchException.class)
                .hasMessage(missing + " cannot be read: there is no such file or folder");
    }

    private void assertFails(SSLContext trust, String end) {
        assertThatThrownBy(() -> tokens(trust).issue(ITEMS))
                .isInstanceOf(BatchException.class)
                .hasMessageEndingWith(end);
    }

    private ServerTokens tokens(SSLContext trust) {
        URI uri = URI.create("https://localhost:" + server.getAddress().getPort());
        return new ServerTokens(uri, AUTHENTICATOR, trust, Duration.ofMinutes(1), () -> {});
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("authorities.pem"), content);
    }

    private SSLContext identity() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry(
                "server", certificate.keys().getPrivate(), new char[0], new Certificate[] {certificate.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
