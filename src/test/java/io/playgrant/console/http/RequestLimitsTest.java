package io.playgrant.console.http;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.playgrant.CapturedLog;
import io.playgrant.config.TestInstallation;
import io.playgrant.console.RunningConsole;
import io.playgrant.operator.Role;
import io.playgrant.route.http.RawHttp;
import io.playgrant.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are too large, too slow or malformed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestLimitsTest {

    private static final byte[] NOTHING = {};

    @RegisterExtension
    private final CapturedLog log = CapturedLog.of(RequestHandling.class);

    private RunningConsole console;
    private RawHttp http;
    private String token;

    @BeforeAll
    void start(@TempDir Path data) {
        console = RunningConsole.start(
                TestInstallation.open(data, Map.of("PLAYGRANT_MANAGEMENT_PORT", "0")),
                new ConsoleLimits(4, 64, Duration.ofMillis(300)),
                routes -> routes.api("POST", "/api/v1/json", Role.VIEWER, call -> Answer.json(call.json()))
                        .open("POST", "/api/echo", call -> Answer.json(call.body().length))
                        .open(
                                "GET",
                                "/api/items/:item/of/:owner",
                                call -> Answer.json(call.path("item") + "|" + call.path("owner")))
                        .open("GET", "/api/items/new/of/:owner", call -> Answer.json("new"))
                        .open("GET", "/api/fails", call -> {
                            throw new IllegalStateException(secret("the message of a failure"));
                        })
                        .open("GET", "/api/deep", call -> deep(0))
                        .open("GET", "/api/away", call -> {
                            throw new StorageException("no database");
                        })
                        .open("GET", "/api/header", call -> Answer.empty().with("X-Test", "a\r\nSet-Cookie: a=b")));
        http = new RawHttp(console.port());
        token = "Authorization: Bearer "
                + console.newOperator(Role.VIEWER).apiToken().reveal();
    }

    @AfterAll
    void stop() {
        console.close();
    }

    @SuppressWarnings("InfiniteRecursion")
    private static Answer deep(int level) {
        return deep(level + 1).withStatus(200);
    }

    @Test
    void body_mayHave64KiB() throws Exception {
        assertThat(http.post("/api/echo", "x".repeat(64 * 1024)).body()).isEqualTo("65536");
        RawHttp.Answer tooLarge = http.post("/api/echo", "x".repeat(64 * 1024 + 1));
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.body()).contains("\"title\":\"Content Too Large\"");
    }

    @Test
    void hugeBody_isNotReadToItsEnd() throws Exception {
        byte[] part = new byte[2 * 1024 * 1024];
        assertThat(http.send("POST", "/api/echo", part, "Content-Length: 1000000000000")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void chunkedBody_hasTheSameLimit() throws Exception {
        String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        byte[] body = (chunk.repeat(3) + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(http.send("POST", "/api/echo", body, "Transfer-Encoding: chunked")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void slowBody_isGivenUp() throws Exception {
        RawHttp.Answer answer = http.send("POST", "/api/echo", new byte[] {1, 2}, "Content-Length: 3");
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.header("connection")).isEqualTo("close");
    }

    @Test
    void bodyWhoseEndIsAmbiguous_isRefused() throws Exception {
        assertThat(http.send("POST", "/api/echo", NOTHING, "Transfer-Encoding: gzip, chunked")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"32,200", "33,400", "30000,400"})
    void json_isNestedAtMost32Deep(int depth, int status) throws Exception {
        RawHttp.Answer answer = http.post(
                "/api/v1/json", "[".repeat(depth) + "]".repeat(depth), token, "Content-Type: application/json");
        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "{\"a\":1,\"a\":2}", "{a:1}", "nul"})
    void malformedJson_isRefused(String body) throws Exception {
        RawHttp.Answer answer = http.post("/api/v1/json", body, token, "Content-Type: application/json");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void json_needsItsType() throws Exception {
        assertThat(http.post("/api/v1/json", "{}", token, "Content-Type: text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(http.post("/api/v1/json", "{}", token, "Content-Type: Application/JSON; charset=utf-8")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void methodThatAPathDoesNotKnow_isRefused() throws Exception {
        RawHttp.Answer answer = http.send("DELETE", "/console/sign-in", NOTHING);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("GET, HEAD, POST");
        assertThat(http.send("PROPFIND", "/api/echo", NOTHING).header("allow")).isEqualTo("POST");
    }

    @Test
    void head_isAnsweredAsGet_withoutTheBody() throws Exception {
        RawHttp.Answer answer = http.send("HEAD", "/api/items/1/of/me", NOTHING);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-length")).isEqualTo("6");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/items/1/of/me,            200, 1|me",
        "/api/items/new/of/me,          200, new",
        "/api/items/a%2Fb/of/%C3%A4%2B, 200, a/b|ä+",
        "/api/items/1/of/me/,           404,",
        "/api/items/1/of,               404,",
        "/api/items/%zz/of/me,          400,",
        "/api/nothing,                  404,"
    })
    void path_isMatchedAndDecoded(String path, int status, String item) throws Exception {
        RawHttp.Answer answer = http.get(path);
        assertThat(answer.status()).isEqualTo(status);
        if (item != null) {
            assertThat(answer.body()).isEqualTo("\"" + item + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/static/../../application.properties",
                "/console/static/..%2f..%2fapplication.properties",
                "/console/static/%2e%2e/%2e%2e/application.properties",
                "/console/static/....//application.properties",
                "/console/static/..\\..\\application.properties",
                "/console/static/%00",
                "//etc/passwd",
                "/../../../../etc/passwd"
            })
    void pathTraversal_leadsNowhere(String path) throws Exception {
        RawHttp.Answer answer = http.get(path);
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("playgrant.").doesNotContain("root:");
    }

    @Test
    void unexpectedFailure_isAnsweredWithItsId_andLoggedWithoutMessage() throws Exception {
        RawHttp.Answer answer = http.get("/api/fails");
        assertThat(answer.status()).isEqualTo(500);
        String id = answer.header("x-request-id");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"title\":\"Internal Server Error\",\"status\":500,\"detail\":\"The request failed. The server's log has"
                                + " the reason under its id.\",\"requestId\":\"" + id + "\"}");
        assertThat(log.events())
                .filteredOn(event -> event.getFormattedMessage().contains(id))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getLevel()).isEqualTo(Level.ERROR);
                    assertThat(event.getFormattedMessage())
                            .startsWith("Request " + id + " of the console failed: java.lang.IllegalStateException")
                            .doesNotContain("the message");
                });
    }

    @Test
    void endlessRecursion_isAFailureOfOneRequest() throws Exception {
        assertThat(http.get("/api/deep").status()).isEqualTo(500);
        assertThat(http.get("/api/items/1/of/me").status()).isEqualTo(200);
    }

    @Test
    void databaseThatIsAway_isSaid() throws Exception {
        RawHttp.Answer answer = http.get("/api/away");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("5");
        assertThat(answer.body()).contains("The database is unreachable");
    }

    @Test
    void headerThatWouldAddAnother_isNotSent() throws Exception {
        RawHttp.Answer answer = http.get("/api/header");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.headers()).doesNotContainKeys("set-cookie", "x-test");
    }
}
