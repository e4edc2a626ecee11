package io.playgrant.client;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.playgrant.batch.BatchException;
import io.playgrant.batch.Item;
import io.playgrant.batch.SourceAwayException;
import io.playgrant.batch.TokenResult;
import io.playgrant.token.Parameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerTokensTest {

    private static final String SECRET = secret("a1a2a3a4a5a6a7a8a9aaabacadaeafb0");

    /** As long as a server may be silent that never says anything. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private ServerTokens tokens;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        tokens = tokensOf(uri(), Authorities.ofJava(), Duration.ofMinutes(1), () -> {});
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void chunk_isOneRequest_withTheAuthenticatorInAHeader() {
        answer(200, "{\"id\":\"a\",\"licenseUrl\":\"u\"}\n{\"id\":\"b\",\"error\":{\"code\":-1,\"message\":\"m\"}}\n");
        Parameters parameters = new Parameters()
                .add("customerAuthenticator", "1001," + SECRET)
                .add("wvExtension", "1")
                .add("wvExtension", "2");
        List<TokenResult> results = tokens.issue(List.of(Item.of("a", parameters), item("b")));
        assertThat(results).extracting(TokenResult::id).containsExactly("a", "b");
        assertThat(results).extracting(TokenResult::licenseUrl).containsExactly("u", null);
        String credentials = Base64.getEncoder().encodeToString(("1001:" + SECRET).getBytes(StandardCharsets.UTF_8));
        assertThat(requests.equals(List.of(
                        "POST /hms/wv/tokens?errorFormat=json",
                        "application/x-ndjson",
                        "Basic " + credentials,
                        "{\"id\":\"a\",\"parameters\":{\"wvExtension\":\"1\",\"wvExtension\":\"2\"}}",
                        "{\"id\":\"b\",\"parameters\":{\"kid\":\"^k\"}}")))
                .isTrue();
    }

    @Test
    void answers_areReadWhileRequestsAreSent() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            BufferedReader lines = lines(exchange);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String id = line.substring(7, line.indexOf('"', 7));
                exchange.getResponseBody()
                        .write(("{\"id\":\"" + id + "\",\"licenseUrl\":\"" + "u".repeat(600) + "\"}\n")
                                .getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
            exchange.close();
        });
        List<Item> items = IntStream.range(0, 200)
                .mapToObj(i -> Item.of("id-" + i, new Parameters().add("contentId", "x".repeat(300))))
                .toList();
        assertThat(tokens.issue(items))
                .extracting(TokenResult::id)
                .containsExactlyElementsOf(items.stream().map(Item::id).toList());
    }

    @Test
    void otherAuthenticator_isRefusedHere() {
        answer(200, "{\"id\":\"b\",\"licenseUrl\":\"u\"}\n");
        Item other = Item.of("a", new Parameters().add("customerAuthenticator", "1002," + SECRET));
        List<TokenResult> results = tokens.issue(List.of(other, item("b")));
        assertThat(results.get(0).error())
                .hasFieldOrPropertyWithValue("code", -2018)
                .hasFieldOrPropertyWithValue(
                        "message",
                        "[-2018] Authentication token invalid: all requests to a server must have the same authenticator");
        assertThat(results.get(1).licenseUrl()).isEqualTo("u");
        assertThat(tokens.issue(List.of(other))).hasSize(1);
    }

    @Test
    void whatPasses_isWorthAnotherTry() {
        answer(503, "{\"code\":503,\"message\":\"[503] Service Unavailable\\u001b\"}");
        assertThatThrownBy(() -> tokens.issue(List.of(item("a"))))
                .isInstanceOf(SourceAwayException.class)
                .hasMessage("The server at 127.0.0.1:" + server.getAddress().getPort()
                        + " answers with 503: [503] Service Unavailable?");
        server.stop(0);
        assertThatThrownBy(() -> tokens.issue(List.of(item("a"))))
                .isInstanceOf(SourceAwayException.class)
                .hasMessageStartingWith(
                        "The server at 127.0.0.1:" + server.getAddress().getPort() + " cannot be reached: ");
    }

    @Test
    void refusalOfTheWhole_isFinal() {
        answer(401, "{\"code\":-2018,\"message\":\"[-2018] Authentication token invalid\"}");
        assertThatThrownBy(() -> tokens.issue(List.of(item("a"))))
                .isInstanceOf(BatchException.class)
                .hasMessageEndingWith(" answers with 401: [-2018] Authentication token invalid");
        server.removeContext("/");
        answer(404, "<html>");
        assertThatThrownBy(() -> tokens.issue(List.of(item("a"))))
                .isInstanceOf(BatchException.class)
                .hasMessageEndingWith(" answers with 404; this server has no endpoint for streams at /hms/wv/tokens");
    }

    @Test
    void answerThatEndsEarly_givesTheFirstResults() {
        answer(200, "{\"id\":\"a\",\"licenseUrl\":\"u\"}\n{\"id\":\"b\",\"lic");
        assertThat(tokens.issue(List.of(item("a"), item("b"), item("c"))))
                .extracting(TokenResult::id)
                .containsExactly("a");
    }

    @Test
    void serverThatNeverAnswers_isGivenUp() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertSilent(tokensOf("http://127.0.0.1:" + mute.getLocalPort(), Authorities.ofJava(), MOMENT, () -> {}));
        }
    }

    @Test
    void serverThatFallsSilent_isGivenUp_andWhatItSaidCounts() {
        CountDownLatch asked = new CountDownLatch(2);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            if (asked.getCount() == 2) {
                exchange.getResponseBody()
                        .write("{\"id\":\"a\",\"licenseUrl\":\"u\"}\n{\"id\":\"b\",".getBytes(StandardCharsets.UTF_8));
            }
            exchange.getResponseBody().flush();
            asked.countDown();
        });
        ServerTokens hasty = tokensOf(uri(), Authorities.ofJava(), MOMENT, () -> {});
        assertThat(hasty.issue(List.of(item("a"), item("b"))))
                .extracting(TokenResult::id)
                .containsExactly("a");
        assertSilent(hasty);
    }

    @Test
    void tokens_areToldOf_andErrorsAreNot() {
        answer(200, "{\"id\":\"a\",\"licenseUrl\":\"u\"}\n{\"id\":\"b\",\"error\":{\"code\":-1,\"message\":\"m\"}}\n");
        AtomicInteger given = new AtomicInteger();
        tokensOf(uri(), Authorities.ofJava(), Duration.ofMinutes(1), given::incrementAndGet)
                .issue(List.of(item("a"), item("b")));
        assertThat(given).hasValue(1);
    }

    @Test
    void unreachableServer_isToldInWords() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = closed.getLocalPort();
            closed.close();
            assertAway("127.0.0.1:" + port, "the connection was refused");
        }
        assertAway("playgrant.invalid:80", "its host name cannot be resolved");
    }

    private void assertAway(String host, String reason) {
        ServerTokens away = tokensOf("http://" + host, Authorities.ofJava(), Duration.ofMinutes(1), () -> {});
        assertThatThrownBy(() -> away.issue(List.of(item("a"))))
                .isInstanceOf(SourceAwayException.class)
                .hasMessage("The server at " + host + " cannot be reached: " + reason);
    }

    private static void assertSilent(ServerTokens tokens) {
        assertThatThrownBy(() -> tokens.issue(List.of(item("b"))))
                .isInstanceOf(SourceAwayException.class)
                .hasMessageEndingWith(" has sent nothing for 1 seconds");
    }

    @Test
    void otherAnswers_areFinal() {
        for (String answer : List.of(
                "<html>\n",
                "{\"id\":\"b\",\"licenseUrl\":\"u\"}\n",
                "{\"id\":\"a\",\"licenseUrl\":\"u\"}\n{\"id\":\"a\",\"licenseUrl\":\"u\"}\n",
                "x".repeat(70_000) + "\n")) {
            answer(200, answer);
            assertThatThrownBy(() -> tokens.issue(List.of(item("a"))))
                    .isInstanceOf(BatchException.class)
                    .hasMessageEndingWith(" sent something other than results");
            server.removeContext("/");
        }
    }

    private String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private static ServerTokens tokensOf(String uri, SSLContext trust, Duration longestSilence, Runnable onToken) {
        return new ServerTokens(URI.create(uri), "1001," + SECRET, trust, longestSilence, onToken);
    }

    private static Item item(String id) {
        return Item.of(id, new Parameters().add("kid", "^k"));
    }

    private void answer(int status, String body) {
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            requests.add(exchange.getRequestHeaders().getFirst("Content-Type"));
            requests.add(exchange.getRequestHeaders().getFirst("Authorization"));
            lines(exchange).lines().forEach(requests::add);
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
    }

    private static BufferedReader lines(HttpExchange exchange) {
        return new BufferedReader(new InputStreamReader(exchange.getRequestBody(), StandardCharsets.UTF_8));
    }
}
