package io.playgrant.route.demo;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.contentkey.KeyId;
import io.playgrant.route.RunningService;
import io.playgrant.route.http.RawHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the demo and its calls, without a browser. */
class DemoServiceTest {

    private static final Path FILES = Path.of("src", "main", "resources", "demo");
    private static final String CLIP = "/demo/clip/audio.mp4";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static RunningService demo;
    private static RunningService normal;

    @BeforeAll
    static void start() throws Exception {
        demo = RunningService.startDemo(folder.resolve("demo"));
        normal = RunningService.start(folder.resolve("normal"), Map.of());
    }

    @AfterAll
    static void stop() {
        demo.close();
        normal.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/demo",
                "/demo/",
                "/demo/index.html",
                "/demo/demo.js",
                "/demo/clip/clip.mpd",
                "/demo/account",
                "/demo/explain",
                "/demo/expire",
                "/demo/revoke",
                "/demo/refusal"
            })
    void otherServer_hasNoneOfIt(String path) throws IOException {
        assertThat(normal.http().get(path).status()).isEqualTo(404);
        assertThat(normal.http()
                        .post(path, "token=AAAA", "Content-Type: application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(404);
    }

    /** A page of another site, the name of which is resolved to this machine, must not get the authenticator. */
    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "localhost.evil.example", "evillocalhost", "192.0.2.1", "127.0.0.1.evil.example"
            })
    void otherHosts_areRefused(String host) throws IOException {
        for (String path :
                new String[] {"/demo", "/demo/", "/demo/demo.js", "/demo/account", "/demo/refusal?request=0"}) {
            Answer answer = demo.http().exchange(requestTo(host + ":" + demo.port(), path));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("customerAuthenticator");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "test.localhost", "LOCALHOST.", "localhost:1"})
    void namesOfThisMachine_areServed(String host) throws IOException {
        assertThat(demo.http().exchange(requestTo(host, "/demo/account")).status())
                .isEqualTo(200);
    }

    private static byte[] requestTo(String host, String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void root_leadsToThePage_inTheDemoOnly() throws IOException {
        Answer answer = demo.http().get("/");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("location")).isEqualTo("/demo/");
        assertThat(demo.http().get("/other").status()).isEqualTo(404);
        assertThat(normal.http().get("/").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/demo/, index.html, text/html; charset=utf-8",
        "/demo/index.html, index.html, text/html; charset=utf-8",
        "/demo/demo.css, demo.css, text/css; charset=utf-8",
        "/demo/demo.js, demo.js, text/javascript; charset=utf-8",
        "/demo/player.js, player.js, text/javascript; charset=utf-8",
        "/demo/icon.svg, icon.svg, image/svg+xml",
        "/demo/clip/clip.mpd, clip/clip.mpd, application/dash+xml"
    })
    void file_isAnsweredWithItsType_andAStrictPolicy(String path, String file, String type) throws IOException {
        Answer answer = demo.http().get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo(type);
        assertThat(answer.body()).isEqualTo(Files.readString(FILES.resolve(file)));
        assertThat(answer.header("content-security-policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe", "*", "http:");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9, 206, 10, 0-9",
        "bytes=100-, 206, -100, 100-",
        "bytes=0-999999999, 206, 0, 0-",
        "'bytes=0-1,4-5', 200, 0, ''",
        "bytes=-5, 200, 0, ''",
        "bytes=9-5, 200, 0, ''",
        "bytes=999999999-, 200, 0, ''",
        "lines=0-9, 200, 0, ''"
    })
    void range_isAnsweredIfItIsTheOnlyOne(String range, int status, int length, String part) throws IOException {
        long size = Files.size(FILES.resolve("clip/audio.mp4"));
        Answer answer = demo.http().send("HEAD", CLIP, new byte[0], "Range: " + range);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-length")).isEqualTo("" + (length > 0 ? length : size + length));
        String whole = part.endsWith("-") ? part + (size - 1) : part;
        assertThat(answer.header("content-range")).isEqualTo(part.isEmpty() ? "" : "bytes " + whole + "/" + size);
    }

    @Test
    void pathWithoutSlash_isRedirected() throws IOException {
        Answer answer = demo.http().get("/demo");
        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("location")).isEqualTo("/demo/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/demo/none", "/demo/../logback.xml", "/demo/%2e%2e/logback.xml", "/demo/clip/", "/demonstration"
            })
    void anyOtherPath_isNotFound(String path) throws IOException {
        assertThat(demo.http().get(path).status()).isEqualTo(404);
    }

    @Test
    void otherMethod_isRefused() throws IOException {
        assertThat(demo.http().post("/demo/", "").header("allow")).isEqualTo("GET, HEAD");
        assertThat(demo.http().get("/demo/revoke").header("allow")).isEqualTo("POST");
    }

    @Test
    void clip_isEncryptedWithTheKeyIdThatThePageNames() throws IOException {
        String kid = KeyId.ofName("playgrant-demo").toString();
        assertThat(Files.readString(FILES.resolve("clip/clip.mpd")).replace("-", ""))
                .contains("default_KID=\"" + kid);
        assertThat(Files.readString(FILES.resolve("demo.js"))).contains("kid: '^playgrant-demo'");
    }

    @Test
    void clip_isSmall() throws IOException {
        long bytes = 0;
        for (String file : new String[] {"clip.mpd", "video.mp4", "audio.mp4"}) {
            bytes += Files.size(FILES.resolve("clip").resolve(file));
        }
        assertThat(bytes).isLessThan(300_000);
    }

    @Test
    void explain_showsATokenWithoutItsKeys() throws IOException {
        String key = secret("5d3f0d6a1c0b4e8f9a7b6c5d4e3f2a19");
        JsonNode token = post("explain", issue("kid=%5Efilm&contentKey=" + key));
        assertThat(token.get("valid").booleanValue()).isTrue();
        assertThat(token.get("keys").get(0).get("kid").textValue())
                .isEqualTo(KeyId.ofName("film").toString());
        assertThat(token.toString()).doesNotContain(key);
    }

    @Test
    void explain_saysWhyATokenCannotBeRead() throws IOException {
        JsonNode token = post("explain", "AAAA");
        assertThat(token.get("valid").booleanValue()).isFalse();
        assertThat(token.get("reason").textValue()).isNotEmpty();
        assertThat(token.has("tokenId")).isFalse();
    }

    @Test
    void expire_takesTheTokenAnHourIntoThePast() throws IOException {
        String issued = issue("kid=%5Efilm&contentKey=" + secret("6d3f0d6a1c0b4e8f9a7b6c5d4e3f2a19")
                + "&expirationTime=%2B600&ipAddress=192.0.2.1&cookie=c&maxRedemptions=3&contentId=i");
        JsonNode before = post("explain", issued);
        JsonNode after =
                post("explain", secret(post("expire", issued).get("token").textValue()));
        assertThat(Duration.between(time(after, "expiresAt"), time(before, "expiresAt")))
                .isEqualTo(Duration.ofHours(1));
        assertThat(Duration.between(time(after, "issuedAt"), time(before, "issuedAt")))
                .isEqualTo(Duration.ofHours(1));
        assertThat(after.get("reason").textValue()).startsWith("expired at ");
        for (String same : new String[] {"tokenId", "keys", "ipAddress", "cookie", "maxRedemptions", "contentId"}) {
            assertThat(after.get(same)).isEqualTo(before.get(same));
        }
    }

    @Test
    void revoke_revokesTheToken() throws IOException {
        String token = issue("kid=%5Efilm&contentKey=" + secret("7d3f0d6a1c0b4e8f9a7b6c5d4e3f2a19"));
        String id = post("revoke", token).get("tokenId").textValue();
        JsonNode explained = post("explain", token);
        assertThat(explained.get("tokenId").textValue()).isEqualTo(id);
        assertThat(explained.get("reason").textValue()).startsWith("revoked at ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expire", "revoke"})
    void tokenThatCannotBeRead_isRefused(String call) throws IOException {
        Answer answer = postForm(call, "token=AAAA");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).startsWith("{\"code\":-4010,");
        assertThat(postForm(call, "").status()).isEqualTo(400);
    }

    @Test
    void refusal_hasTheReasonThatTheCallerWasNotTold() throws IOException {
        for (int i = 0; i < 3; i++) {
            Answer refused = postForm("expire", "token=AAAA");
            String id = refused.header("x-request-id");
            JsonNode refusal =
                    JSON.readTree(demo.http().get("/demo/refusal?request=" + id).body());
            assertThat(refusal.get("requestId").textValue()).isEqualTo(id);
            assertThat(refusal.get("code").intValue()).isEqualTo(-4010);
            assertThat(refusal.get("reason").textValue()).isNotEmpty();
            assertThat(refused.body()).doesNotContain(refusal.get("reason").textValue());
        }
    }

    @Test
    void refusal_ofAnUnknownRequest_isNotFound() throws IOException {
        assertThat(demo.http().get("/demo/refusal?request=0").status()).isEqualTo(404);
    }

    private static Instant time(JsonNode token, String name) {
        return Instant.parse(token.get(name).textValue());
    }

    /** The token of a licence URL that the service itself issued. */
    private static String issue(String parameters) throws IOException {
        String account = JSON.readTree(demo.http().get("/demo/account").body())
                .get("customerAuthenticator")
                .textValue();
        Answer answer = demo.http()
                .get("/hms/wv/token?securityLevel=1&hdcpOutputControl=0&customerAuthenticator=" + account + "&"
                        + parameters);
        assertThat(answer.body()).contains("ExpressPlayToken=");
        return secret(answer.body().split("ExpressPlayToken=", 2)[1]);
    }

    private static JsonNode post(String call, String token) throws IOException {
        return JSON.readTree(postForm(call, "token=" + token).body());
    }

    private static Answer postForm(String call, String form) throws IOException {
        return demo.http().post("/demo/" + call, form, "Content-Type: application/x-www-form-urlencoded");
    }
}
