package io.playgrant.route.http;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.batch.SampleMessage;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.connection.PipelineLimit;
import io.playgrant.route.stream.StreamConnection;
import io.playgrant.route.token.HeldKeyStorage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that shut down their sending side, as {@code shutdown(SHUT_WR)} and {@code nc -N} do, and those that hang up. */
class HalfClosedConnectionTest {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String KEY = secret("91929394959697989a9b9c9d9e9f9091");

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");

    @TempDir
    Path dataDir;

    private final HeldKeyStorage storage = new HeldKeyStorage();
    private RunningService service;
    private Customer customer;

    @BeforeEach
    void start() throws Exception {
        service = RunningService.start(dataDir, Map.of("PLAYGRANT_WORKER_THREADS", "2"), storage);
        customer = service.newCustomer(Profile.STRICT);
        service.application().accounts().change(customer.account(), AccountChange.credits(Limit.of(1_000)));
    }

    @AfterEach
    void stop() {
        storage.letGo();
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: close\r\n", "Connection: keep-alive\r\n"})
    void client_getsItsAnswer_andPaysOnce(String headers) throws Exception {
        for (int i = 0; i < 20; i++) {
            String answer = exchange(get(good(), headers));
            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("?ExpressPlayToken=");
        }
        assertPaid(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0\r\n", "HTTP/1.0\r\nConnection: keep-alive\r\n"})
    void clientOfHttp10_getsItsAnswer(String end) throws Exception {
        assertThat(exchange("GET " + good() + " " + end + "Host: localhost\r\n\r\n"))
                .startsWith("HTTP/1.0 200 OK\r\n");
        assertPaid(1);
    }

    @Test
    void body_isRead() throws Exception {
        String form = good().substring(good().indexOf('?') + 1);
        String head = String.join(
                "\r\n",
                "POST /hms/wv/token HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/x-www-form-urlencoded",
                "");
        assertThat(exchange(head + "Content-Length: " + form.length() + "\r\n\r\n" + form))
                .startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(exchange(head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(form.length()) + "\r\n"
                        + form + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n");
        assertPaid(2);
    }

    @Test
    void requestsAheadOfTheirAnswers_areAllAnswered() throws Exception {
        String answers = exchange(get(good(), "") + get("/%zz", "") + get(good(), "") + get("/nothing", ""));
        assertThat(statuses(answers)).containsExactly("200", "400", "200", "404");
        assertPaid(2);
    }

    @Test
    void answerThatTakesLong_isSentToTheClientThatWaits() throws Exception {
        try (Socket socket = connect()) {
            send(socket, get(held(), ""));
            socket.shutdownOutput();
            storage.awaitHeld(1);
            storage.letGo();
            assertThat(read(socket)).startsWith("HTTP/1.1 400 Bad Request\r\n").contains("[-4019]");
        }
    }

    @Test
    void answerOfTheHttpStack_isSent() throws Exception {
        assertThat(exchange(get("/" + "x".repeat(5_000), ""))).startsWith("HTTP/1.0 414 ");
    }

    @Test
    void idleConnection_isClosedAtOnce() throws Exception {
        assertThat(exchange("")).isEmpty();
        try (Socket socket = connect()) {
            send(socket, get("/nothing", ""));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            socket.shutdownOutput();
            assertThat(read(socket)).contains("404 Not Found");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /hms/wv/to",
                "POST /hms/wv/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nkid",
                "POST /hms/wv/token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nkid=1\r\n",
                "POST /hms/wv/tokens HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void requestThatIsNotWhole_isNotServed_andTheConnectionIsClosed(String begun) throws Exception {
        assertThat(exchange(begun)).doesNotContain("HTTP/1.1 200");
        awaitNobody();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /hms/wv/token?x HTTP/1.1\r\nHo",
                "POST /hms/wv/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\nabc"
            })
    void requestsBeforeOneThatIsNotWhole_areAnswered(String begun) throws Exception {
        String answers = exchange(get(good(), "") + get("/nothing", "") + begun);
        assertThat(statuses(answers)).startsWith("200", "404").doesNotContain("500");
        awaitNobody();
        assertPaid(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n",
                "3\r\nabcXX",
                "0\r\nno name: 1\r\n\r\n",
                "10000000a\r\n0123456789\r\n0\r\n\r\n",
                "100000000\r\n\r\n"
            })
    void requestsBeforeBrokenChunks_areAnswered_andTheConnectionIsClosed(String chunks) throws Exception {
        String broken = "POST /hms/wv/token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
        for (int i = 0; i < 20; i++) {
            try (Socket socket = connect()) {
                send(socket, get(good(), "") + broken + get("/nothing", ""));
                assertThat(statuses(read(socket))).startsWith("200").doesNotContain("404");
            }
        }
        awaitNobody();
        assertPaid(20);
    }

    @Test
    void stream_isAnsweredToItsEnd() throws Exception {
        String lines = line("a") + "\n" + line("b");
        String answer = exchange(stream() + Integer.toHexString(lines.length()) + "\r\n" + lines + "\r\n0\r\n\r\n");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(StreamConnection.unchunk(body)).hasSize(2).allMatch(line -> line.contains("\"licenseUrl\":"));
        awaitNobody();
        assertPaid(2);
    }

    @Test
    void streamThatIsNotWhole_isCutOff() throws Exception {
        String lines = line("a") + "\n";
        String answer = exchange(stream() + Integer.toHexString(lines.length()) + "\r\n" + lines + "\r\n");
        assertThat(answer).doesNotEndWith("0\r\n\r\n");
        awaitNobody();
    }

    @Test
    void clientThatHangsUp_leavesNothingBehind() throws Exception {
        try (Socket waiting = connect()) {
            send(waiting, get(held(), ""));
            storage.awaitHeld(1);
            try (Socket socket = connect()) {
                send(socket, get(good(), "").repeat(PipelineLimit.MOST));
            }
            try (Socket socket = connect()) {
                send(socket, get(held(), ""));
                socket.setSoLinger(true, 0);
            }
            storage.letGo();
        }
        awaitNobody();
        assertThat(service.metric("playgrant_requests_total{code=\"0\",source=\"http\"}"))
                .isLessThanOrEqualTo(PipelineLimit.MOST);
    }

    @Test
    void connectionThatChangesToHttp2_isClosedAtOnce() throws Exception {
        try (Socket socket = connect()) {
            send(
                    socket,
                    get(
                            "/nothing",
                            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"));
            assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 101");
            socket.shutdownOutput();
            assertThat(read(socket)).isNotEmpty();
        }
    }

    private static List<String> statuses(String answers) {
        return STATUS.matcher(answers).results().map(status -> status.group(1)).toList();
    }

    private String held() {
        return "/hms/wv/token?customerAuthenticator=" + customer.production() + HeldKeyStorage.PARAMETERS;
    }

    private String good() {
        return "/hms/wv/token?kid=%5Efilm&contentKey=" + KEY
                + "&securityLevel=1&hdcpOutputControl=0&customerAuthenticator=" + customer.production();
    }

    private String stream() {
        return "POST /hms/wv/tokens?customerAuthenticator=" + customer.production() + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
    }

    private static String line(String id) {
        return SampleMessage.of(KEY).json(id);
    }

    private static String get(String target, String headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    }

    private void assertPaid(int credits) {
        service.close();
        try (var application = RunningService.openApplication(dataDir, Map.of())) {
            assertThat(application
                            .accounts()
                            .find(customer.account())
                            .orElseThrow()
                            .credits())
                    .isEqualTo(Limit.of(1_000 - credits));
        }
    }

    private void awaitNobody() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.metric("playgrant_admission_arriving") == 0
                        && service.metric("playgrant_admission_in_service") == 0
                        && service.metric("playgrant_admission_streams") == 0);
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            socket.shutdownOutput();
            return read(socket);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads until the server closes. */
    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
