package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.playgrant.account.Accounts;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.batch.SampleMessage;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.TestInstallation;
import io.playgrant.route.http.RawHttp;
import io.playgrant.route.http.RawHttp.Answer;
import io.playgrant.route.http.RawHttp.Connection;
import io.playgrant.route.stream.StreamConnection;
import io.playgrant.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program behind nginx, which runs with the example of {@code docs/operations/proxy-and-tls.md}. */
class NginxIT {

    private static final String HOST = "drm.example.com";
    private static final String KEY = secret("a0b1a2b3a4b5a6b7a8b9babbacbdaebf");
    private static final String GOOD =
            "kid=%5Efilm&contentKey=" + KEY + "&securityLevel=1&hdcpOutputControl=0&errorFormat=json";
    private static final String WRONG_ADDRESS =
            "{\"code\":-2003,\"message\":\"[-2003] Invalid IP address: the account may not be used from this address\"}";

    /** Two clients on this machine; the proxy itself is 127.0.0.1. */
    private static final int CUSTOMER = 2;

    private static final int STRANGER = 3;

    private static final TestCertificate CERTIFICATE = TestCertificate.create();

    @TempDir
    static Path folder;

    private static String open = "";
    private static String restricted = "";
    private static Optional<Server> server = Optional.empty();
    private static Optional<Nginx> nginx = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Nginx.program().isPresent(), "there is no nginx in the PATH");
        assumeTrue(
                System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux"),
                "only Linux has all of 127.0.0.0/8");
        Path data = folder.resolve("data");
        try (Application application = TestInstallation.open(data)) {
            open = authenticator(application.accounts().create("Open", Profile.STRICT, List.of()));
            List<AddressRange> networks =
                    AddressRange.parse("127.0.0." + CUSTOMER).stream().toList();
            restricted = authenticator(application.accounts().create("Restricted", Profile.STRICT, networks));
        }
        server = Optional.of(PackagedProgram.serve(data, Map.of("PLAYGRANT_TRUSTED_PROXIES", "127.0.0.1")));
        nginx = Optional.of(Nginx.start(CERTIFICATE, folder, server.get().port()));
    }

    @AfterAll
    static void stop() throws Exception {
        if (nginx.isPresent()) {
            nginx.get().close();
        }
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @Test
    void token_isAnsweredOverTls_withALicenseUrlThatBeginsWithHttps() throws Exception {
        Answer answer = ask(CUSTOMER, open);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("https://" + HOST + "/hms/wv/rights/?ExpressPlayToken=");
    }

    @Test
    void networks_areComparedWithTheClientsAddress() throws Exception {
        assertThat(ask(CUSTOMER, restricted).status()).isEqualTo(200);
        Answer refused = ask(STRANGER, restricted);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).isEqualTo(WRONG_ADDRESS);
    }

    @Test
    void whatAClientForwards_isNotBelieved() throws Exception {
        String customer = "127.0.0." + CUSTOMER;
        assertThat(ask(STRANGER, restricted, "X-Forwarded-For: " + customer).body())
                .isEqualTo(WRONG_ADDRESS);
        assertThat(ask(STRANGER, restricted, "X-Forwarded-For: " + customer + ", 127.0.0.1")
                        .body())
                .isEqualTo(WRONG_ADDRESS);
        Answer answer = ask(STRANGER, open, "X-Forwarded-Host: drm.test.example.com", "X-Forwarded-Proto: http");
        assertThat(answer.body()).startsWith("https://" + HOST + "/");
    }

    @Test
    void hostOfTheTestEnvironment_isPassedOn() throws Exception {
        Answer answer = https(CUSTOMER).get(target(open), "Host: drm.test.example.com");
        assertThat(answer.body()).startsWith("{\"code\":-2018,");
    }

    @Test
    void slowHeader_isCutOff_andDoesNotReachPlaygrant() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "GET /slow-header HTTP/1.1\r\nHost: " + HOST + "\r\n");
            await().atMost(Duration.ofSeconds(15)).until(() -> isClosedAfter(socket, "X-Slow: 1\r\n"));
        }
        awaitAccess("status=408 upstream=- ", "path=\"/slow-header\"");
    }

    @Test
    void slowBody_isCutOff_andDoesNotReachPlaygrant() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /slow-body HTTP/1.1\r\nHost: " + HOST + "\r\nContent-Length: 1000\r\n\r\n");
            send(socket, "kid=");
            await().atMost(Duration.ofSeconds(15)).until(() -> isClosedAfter(socket, ""));
        }
        awaitAccess("status=408 upstream=- ", "path=\"/slow-body\"");
    }

    @Test
    void idleConnection_isCutOff() throws Exception {
        try (Socket socket = connect()) {
            await().atMost(Duration.ofSeconds(15)).until(() -> isClosedAfter(socket, ""));
        }
    }

    @Test
    void largeBody_isRefusedByPlaygrant_andALargerOneByNginx() throws Exception {
        Answer large = https(CUSTOMER).post("/hms/wv/token?errorFormat=json", "x".repeat(20_000), "Host: " + HOST);
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.body()).startsWith("{\"code\":413,");
        Answer larger = https(CUSTOMER).post("/hms/wv/token?errorFormat=json", "x".repeat(40_000), "Host: " + HOST);
        assertThat(larger.status()).isEqualTo(413);
        assertThat(larger.header("content-type")).isEqualTo("text/html");
    }

    @Test
    void lineAndHeaders_haveTheRoomThatPlaygrantGives() throws Exception {
        String kid = "k".repeat(3_900);
        assertThat(https(CUSTOMER)
                        .get(
                                "/hms/wv/token?errorFormat=json&kid=" + kid,
                                "Host: " + HOST,
                                "X-Large: " + "h".repeat(3_900))
                        .body())
                .startsWith("{\"code\":-2017,");
    }

    @Test
    void stream_isAnsweredWhileItIsSent() throws Exception {
        try (StreamConnection stream = new StreamConnection(connect())) {
            stream.begin(open, "Host: " + HOST);
            for (int i = 0; i < 3; i++) {
                stream.send(SampleMessage.of(KEY).json("n" + i) + "\n");
                if (i == 0) {
                    assertThat(stream.head().status()).isEqualTo(200);
                }
                assertThat(stream.line())
                        .startsWith("{\"id\":\"n" + i + "\",\"licenseUrl\":\"https://" + HOST + "/hms/wv/rights/");
            }
            stream.finish();
            assertThat(stream.line()).isNull();
            assertThat(stream.isComplete()).isTrue();
        }
    }

    @Test
    void stream_isRefusedBeforeItIsSent() throws Exception {
        try (StreamConnection stream = new StreamConnection(connect())) {
            stream.begin(restricted.replaceAll(".$", "x"), "Host: " + HOST);
            assertThat(stream.head().status()).isEqualTo(401);
        }
    }

    @Test
    void anotherName_getsNoCertificateAndNoAnswer() {
        assertThatThrownBy(() -> new RawHttp(
                                nginx.orElseThrow().port(),
                                Connection.from(client(CUSTOMER)).withTls(CERTIFICATE.trust(), "other.example.com"))
                        .get("/"))
                .isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> https(CUSTOMER).get("/", "Host: other.example.com"))
                .isInstanceOf(IOException.class)
                .hasMessage("no HTTP answer: ''");
    }

    @Test
    void logs_holdNoSecret_butTheRequestsId() throws Exception {
        String basic = "Authorization: Basic "
                + secret(Base64.getEncoder()
                        .encodeToString(open.replace(',', ':').getBytes(StandardCharsets.US_ASCII)));
        Answer answer = https(CUSTOMER).get("/hms/wv/token?" + GOOD, "Host: " + HOST, basic);
        assertThat(answer.status()).isEqualTo(200);
        awaitAccess("status=200 upstream=200 ", "request=" + answer.header("x-request-id"));
        assertNoSecret(nginx.orElseThrow());
    }

    @Test
    void logs_holdNoSecret_whenPlaygrantIsOutOfReach() throws Exception {
        try (Nginx lonely = Nginx.start(CERTIFICATE, folder, 1)) {
            RawHttp https =
                    new RawHttp(lonely.port(), Connection.from(client(CUSTOMER)).withTls(CERTIFICATE.trust(), HOST));
            assertThat(https.get(target(open), "Host: " + HOST).status()).isEqualTo(502);
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> lonely.accessLog().contains("status=502 upstream=502 "));
            assertNoSecret(lonely);
        }
    }

    private static void assertNoSecret(Nginx nginx) throws IOException {
        assertThat(nginx.accessLog() + nginx.errorLog())
                .doesNotContain("customerAuthenticator", "contentKey", "Basic", KEY, "ExpressPlayToken");
    }

    private static void awaitAccess(String... parts) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> nginx.orElseThrow()
                        .accessLog()
                        .lines()
                        .anyMatch(line -> List.of(parts).stream().allMatch(line::contains)));
    }

    private static Answer ask(int client, String authenticator, String... headers) throws IOException {
        String[] all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 1, headers.length);
        all[0] = "Host: " + HOST;
        return https(client).get(target(authenticator), all);
    }

    private static String target(String authenticator) {
        return "/hms/wv/token?" + GOOD + "&customerAuthenticator=" + authenticator;
    }

    private static RawHttp https(int client) throws IOException {
        return new RawHttp(nginx.orElseThrow().port(), tls(client));
    }

    private static Connection tls(int client) throws IOException {
        return Connection.from(client(client)).withTls(CERTIFICATE.trust(), HOST);
    }

    private static Socket connect() throws IOException {
        Socket socket = tls(CUSTOMER).open(nginx.orElseThrow().port());
        socket.setSoTimeout(50);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static boolean isClosedAfter(Socket socket, String text) {
        try {
            send(socket, text);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static String authenticator(Accounts.Created created) {
        return secret(created.authenticator(Environment.PRODUCTION).reveal());
    }

    private static InetAddress client(int number) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) number});
    }
}
