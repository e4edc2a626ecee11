package io.playgrant.route.token;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Authenticators;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.contentkey.KeyId;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.HttpCall;
import io.playgrant.route.http.KeptConnection;
import io.playgrant.route.http.RawHttp.Answer;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenOpener;
import io.playgrant.token.WvExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service as its clients meet it: what real ones send, and what hostile ones do. */
class TokenServiceTest {

    private static final String KEY = secret("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf");
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final String RULES = "&securityLevel=1&hdcpOutputControl=0";

    @TempDir
    static Path dataDir;

    private static RunningService service;
    private static Customer strict;
    private static Customer lenient;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(dataDir, Map.of());
        strict = service.newCustomer(Profile.STRICT);
        lenient = service.newCustomer(Profile.LENIENT);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void success_isOneUrlWithoutLineEnd_andSafeHeaders() throws Exception {
        Answer answer = service.http().get("/hms/wv/token?" + good(strict));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().keySet())
                .containsExactlyInAnyOrder(
                        "cache-control",
                        "x-content-type-options",
                        "x-request-id",
                        "content-length",
                        "content-type",
                        "connection");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("x-request-id")).matches("[0-9a-f]{16}");
        assertThat(answer.header("content-type")).isEqualTo("text/uri-list");
        assertThat(answer.body())
                .matches("http://localhost:" + service.port()
                        + "/hms/wv/rights/\\?ExpressPlayToken=[A-Za-z0-9_-]{112,300}");
        assertThat(open(answer).keys()).extracting(TokenKey::kid).containsExactly(KeyId.ofName("film"));
    }

    @Test
    void formAndQuery_areReadTogether() throws Exception {
        Answer answer = service.http()
                .post(
                        "/hms/wv/token?kid=%5Efilm" + RULES,
                        "customerAuthenticator=" + strict.production() + "&contentKey=" + KEY + "&contentId=a+b",
                        FORM + ";charset=UTF-8");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(open(answer).contentId()).isEqualTo("a b");
    }

    @Test
    void postWithoutBody_isReadFromTheQuery() throws Exception {
        assertThat(service.http().post("/hms/wv/token?" + good(strict), "").status())
                .isEqualTo(200);
        assertThat(service.http()
                        .post("/hms/wv/token?" + good(strict), "", "Content-Type: application/json")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void sameParameterInQueryAndForm_isGivenTwice() throws Exception {
        Answer answer = service.http().post("/hms/wv/token?" + good(strict) + "&errorFormat=json", "kid=%5Efilm", FORM);
        assertThat(answer.body()).startsWith("{\"code\":-4022,");
    }

    @Test
    void clientWithSeveralKeys_getsThemAll() throws Exception {
        Answer answer = service.http()
                .get("/hms/wv/token?customerAuthenticator=" + lenient.production()
                        + "&expirationTime=%2B2592000&generalFlags=00000000&useHttps=true&errorFormat=json&contentId=film"
                        + "&kid.0=00000000000000000000000000000001&contentKey.0=" + KEY
                        + "&hdcpOutputControl.0=0&trackType.0=0&securityLevel.0=1"
                        + "&kid.1=00000000000000000000000000000002&contentKey.1=" + KEY
                        + "&hdcpOutputControl.1=2&trackType.1=3&securityLevel.1=5");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("https://localhost:");
        Claims claims = open(answer);
        assertThat(claims.keys()).extracting(key -> key.trackType().number()).containsExactly(0, 3);
        assertThat(claims.keys())
                .extracting(key -> key.securityLevel().number())
                .containsExactly(1, 5);
        assertThat(claims.keys())
                .extracting(key -> key.hdcpOutputControl().number())
                .containsExactly(0, 2);
        assertThat(Duration.between(claims.issuedAt(), claims.expiresAt())).isEqualTo(Duration.ofDays(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wvExtension[]=aaaa,AA==&wvExtension[]=bbbb,AQ==",
                "wvExtension%5B%5D=aaaa%2CAA%3D%3D&wvExtension%5B%5D=bbbb%2CAQ%3D%3D",
                "wvExtension%5B0%5D=aaaa%2CAA%3D%3D&wvExtension%5B1%5D=bbbb%2CAQ%3D%3D",
                "wvExtension[1]=aaaa,AA==&wvExtension[0]=bbbb,AQ=="
            })
    void extensionsInBrackets_areAllCarriedInTheToken(String extensions) throws Exception {
        List<WvExtension> both = List.of(new WvExtension("aaaa", "AA=="), new WvExtension("bbbb", "AQ=="));
        Answer ofQuery = service.http().get("/hms/wv/token?" + good(strict) + "&" + extensions);
        assertThat(open(ofQuery).extensions()).isEqualTo(both);
        Answer ofForm = service.http().post("/hms/wv/token?" + good(lenient), extensions, FORM);
        assertThat(open(ofForm).extensions()).isEqualTo(both);
    }

    @Test
    void rulesInBrackets_areNotDropped() throws Exception {
        String rules = "&maxRedemptions[]=1&rightsType[]=Rental&rental[playDuration]=60&rental[periodEndTime]=%2B90";
        Claims claims = open(service.http().get("/hms/wv/token?" + good(lenient) + rules));
        assertThat(claims.maxRedemptions()).isEqualTo(1);
        assertThat(claims.playbackDuration()).isEqualTo(60);
        assertThat(Duration.between(claims.issuedAt(), claims.expiresAt())).isEqualTo(Duration.ofSeconds(90));
        assertThat(service.http()
                        .get("/hms/wv/token?errorFormat=json&" + good(lenient)
                                + "&maxRedemptions[0]=1&maxRedemptions[1]=2")
                        .body())
                .startsWith("{\"code\":-6005,");
        assertThat(service.http()
                        .get("/hms/wv/token?errorFormat=json&" + good(lenient) + "&kid[0]=%5Eother")
                        .body())
                .startsWith("{\"code\":-6005,");
    }

    @Test
    void keysInBrackets_areTheKeysOfTheirNumbers() throws Exception {
        Claims claims = open(service.http()
                .get("/hms/wv/token?customerAuthenticator=" + strict.production() + "&hdcpOutputControl=0"
                        + "&kid[0]=%5Efirst&contentKey[0]=" + KEY + "&securityLevel[0]=1"
                        + "&kid[1]=%5Esecond&contentKey[1]=" + KEY + "&securityLevel[1]=5"));
        assertThat(claims.keys())
                .extracting(TokenKey::kid)
                .containsExactly(KeyId.ofName("first"), KeyId.ofName("second"));
        assertThat(claims.keys())
                .extracting(key -> key.securityLevel().number())
                .containsExactly(1, 5);
    }

    @ParameterizedTest
    @CsvSource({
        "true, https",
        "True, https",
        "TRUE, https",
        "tRuE, https",
        "1, https",
        "no&useHttps=TRUE, https",
        "yes, http",
        "trueish, http",
        "t, http"
    })
    void useHttps_isTrueInAnyCase(String value, String scheme) throws Exception {
        for (Customer customer : List.of(strict, lenient)) {
            Answer answer = service.http().get("/hms/wv/token?" + good(customer) + "&useHttps=" + value);
            assertThat(answer.body()).startsWith(scheme + "://");
        }
    }

    @Test
    void clientWithOnlyKeyAndKid_isServedLeniently() throws Exception {
        String query = "kid=" + "0".repeat(32) + "&contentKey=" + KEY + "&useHttps=1";
        assertThat(service.http()
                        .get("/hms/wv/token?customerAuthenticator=" + lenient.production() + "&" + query)
                        .status())
                .isEqualTo(200);
        assertThat(service.http()
                        .get("/hms/wv/token?customerAuthenticator=" + strict.production() + "&" + query)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void clientOfSiblingDrm_isServedLeniently() throws Exception {
        Answer answer = service.http()
                .get("/hms/wv/token?" + good(lenient)
                        + "&rightsType=Rental&prFlag=true&rental.playDuration=60&analogVideoOPL=200");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(open(answer).playbackDuration()).isEqualTo(60);
    }

    @Test
    void unencodedPlus_isAcceptedInATime() throws Exception {
        Answer answer = service.http().get("/hms/wv/token?" + good(strict) + "&expirationTime=+60");
        Claims claims = open(answer);
        assertThat(Duration.between(claims.issuedAt(), claims.expiresAt())).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void testEnvironment_isChosenByHost() throws Exception {
        String query =
                "/hms/wv/token?errorFormat=json&kid=%5Efilm&contentKey=" + KEY + RULES + "&customerAuthenticator=";
        Answer test = service.http().get(query + strict.test(), "Host: TEST.localhost:81");
        assertThat(test.status()).isEqualTo(200);
        assertThat(open(test).environment()).isEqualTo(Environment.TEST);
        assertThat(test.body()).startsWith("http://TEST.localhost:81/hms/wv/rights/?");
        assertThat(service.http()
                        .get(query + strict.test(), "Host: wv.test.example")
                        .status())
                .isEqualTo(200);
        assertThat(service.http().get(query + strict.test(), "Host: wv.example").body())
                .startsWith("{\"code\":-2018,");
        assertThat(service.http()
                        .get(query + strict.production(), "Host: wv.test.example")
                        .body())
                .isEqualTo(
                        "{\"code\":-2018,\"message\":\"[-2018] Authentication token invalid: customerAuthenticator is of"
                                + " the production environment, the host is of the test environment\"}");
    }

    @Test
    void basicCredentials_standForTheAuthenticator() throws Exception {
        String query = "/hms/wv/token?errorFormat=json&kid=%5Efilm&contentKey=" + KEY + RULES;
        String basic = "authorization: basic " + base64(strict.production().replace(',', ':'));
        assertThat(service.http().get(query, basic).status()).isEqualTo(200);
        assertThat(service.http().get(query, basic, basic).body()).startsWith("{\"code\":-2018,");
        assertThat(service.http()
                        .get(query + "&customerAuthenticator=" + strict.production(), basic)
                        .body())
                .isEqualTo("{\"code\":-2018,\"message\":\"[-2018] Authentication token invalid:"
                        + " customerAuthenticator must be given once\"}");
        assertThat(service.http()
                        .get(query, "Authorization: Basic " + base64(strict.production()))
                        .body())
                .startsWith("{\"code\":-2018,");
        assertThat(service.http().get(query, "Authorization: Basic !").body()).startsWith("{\"code\":-2018,");
        assertThat(service.http()
                        .get(query, "Authorization: Basic " + base64("x"))
                        .body())
                .startsWith("{\"code\":-2018,");
        assertThat(service.http().get(query, "Authorization: Bearer x").body()).startsWith("{\"code\":-2017,");
    }

    @Test
    void refusedAuthentication_namesTheSchemeThatWorks() throws Exception {
        assertThat(service.http().get("/hms/wv/token").header("www-authenticate"))
                .isEqualTo("Basic realm=\"playgrant\"");
    }

    @Test
    void headers_areNeverParameters() throws Exception {
        Answer answer = service.http()
                .get(
                        "/hms/wv/token?errorFormat=json",
                        "customerAuthenticator: " + strict.production(),
                        "kid: ^film",
                        "contentKey: " + KEY);
        assertThat(answer.body())
                .isEqualTo("{\"code\":-2017,\"message\":\"[-2017] Authentication token must be supplied\"}");
    }

    @Test
    void nothingOfTheRequest_comesBackAsAHeader() throws Exception {
        String evil = "Set-Cookie=evil&Location=evil&X-Evil=evil&Content-Type=evil&authorization=evil&Host=evil"
                + "&CamelHttpResponseCode=299&Transfer-Encoding=evil&X-Request-Id=evil&allow=evil&WWW-Authenticate=evil";
        for (String target :
                new String[] {"/hms/wv/token?" + good(strict) + "&" + evil, "/hms/wv/token?" + evil, "/nothing?" + evil
                }) {
            Answer answer = service.http()
                    .send(
                            "POST",
                            target,
                            evil.getBytes(StandardCharsets.US_ASCII),
                            FORM,
                            "Content-Length: " + evil.length(),
                            "x-evil: evil",
                            "cookie: evil",
                            "kafka.OVERRIDE_TOPIC: evil",
                            "CamelHttpResponseCode: 299");
            assertThat(answer.headers().toString()).doesNotContain("evil");
            assertThat(answer.status()).isIn(200, 401, 404);
        }
    }

    @Test
    void lowerCaseHeadersOverHttp2_areUnderstood_andDoNotComeBack() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        URI uri = URI.create(
                "http://localhost:" + service.port() + "/hms/wv/token?kid=%5Efilm&contentKey=" + KEY + RULES);
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(uri)
                        .header(
                                "authorization",
                                "Basic " + base64(strict.production().replace(',', ':')))
                        .header("x-evil", "evil")
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("http://localhost:" + service.port() + "/hms/wv/rights/?ExpressPlayToken=");
        assertThat(response.headers().map()).doesNotContainKeys("x-evil", "authorization");
    }

    @Test
    void headOverHttp2_hasNoBody() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        URI uri = URI.create("http://localhost:" + service.port() + "/hms/wv/token");
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(uri)
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void twoHosts_areABadRequest_sinceTheHostChoosesTheEnvironment() throws Exception {
        Answer answer = service.http()
                .get("/hms/wv/token?errorFormat=json&" + good(strict), "Host: localhost", "Host: test.localhost");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"code\":400,\"message\":\"[400] Bad Request: one Host header must name a host\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "http://wv.example, http://wv.example",
        "HTTP://wv.example:81, http://wv.example:81",
        "http://wv.example:, http://wv.example",
        "https://wv.example, http://wv.example",
        "http://[::1]:81, http://[::1]:81"
    })
    void absoluteTarget_namesTheHost(String origin, String licenseOrigin) throws Exception {
        Answer answer = service.http().get(origin + "/hms/wv/token?" + good(strict), "Host: elsewhere.test.example:99");
        assertThat(answer.body()).startsWith(licenseOrigin + "/hms/wv/rights/?");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void absoluteTarget_choosesTheEnvironment() throws Exception {
        String target = "http://wv.test.example/hms/wv/token?errorFormat=json&kid=%5Efilm&contentKey=" + KEY + RULES
                + "&customerAuthenticator=";
        assertThat(service.http()
                        .get(target + strict.test(), "Host: wv.example")
                        .status())
                .isEqualTo(200);
        assertThat(service.http()
                        .get(target + strict.production(), "Host: wv.example")
                        .body())
                .startsWith("{\"code\":-2018,");
    }

    @Test
    void absoluteTarget_isReadOnEveryPath_andOverHttp10WithoutAHost() throws Exception {
        assertThat(service.http()
                        .get("http://wv.example/keystore/keycount?customerAuthenticator=" + strict.production())
                        .status())
                .isEqualTo(200);
        assertThat(service.http().get("http://wv.example").status()).isEqualTo(404);
        assertThat(service.http()
                        .exchange(("GET http://wv.example/hms/wv/token?" + good(strict) + " HTTP/1.0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://wv.example/hms/wv/token?",
                "http:///hms/wv/token?",
                "http://user@wv.example/hms/wv/token?",
                "http://wv.example:port/hms/wv/token?",
                "http://wv.example?/hms/wv/token?",
                "http://wv.example#/hms/wv/token?"
            })
    void absoluteTargetWithoutAHost_isABadRequest(String target) throws Exception {
        assertThat(service.http().get(target + good(strict)).status()).isEqualTo(400);
    }

    @Test
    void absoluteTarget_doesNotMakeUpForTwoHosts() throws Exception {
        assertThat(service.http()
                        .get("http://wv.example/hms/wv/token?" + good(strict), "Host: a.example", "Host: b.example")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"play.example:80, http://play.example", "play.example:443, http://play.example:443"})
    void port_isLeftOut_ifItIsThatOfTheScheme(String host, String licenseOrigin) throws Exception {
        String target = "/hms/wv/token?" + good(strict);
        assertThat(service.http().get(target, "Host: " + host).body()).startsWith(licenseOrigin + "/hms/wv/rights/?");
        assertThat(service.http()
                        .get(target + "&useHttps=true", "Host: " + host)
                        .body())
                .startsWith(licenseOrigin.replace("http:", "https:") + "/hms/wv/rights/?");
    }

    @Test
    void emptyPort_isLeftOut() throws Exception {
        assertThat(service.http()
                        .get("/hms/wv/token?" + good(strict), "Host: play.example:")
                        .body())
                .startsWith("http://play.example/hms/wv/rights/?");
    }

    @Test
    void ipv6Host_isKept() throws Exception {
        assertThat(service.http()
                        .get("/hms/wv/token?" + good(strict), "Host: [::1]:81")
                        .body())
                .startsWith("http://[::1]:81/hms/wv/rights/?");
        assertThat(service.http()
                        .get("/hms/wv/token?" + good(strict), "Host: [::1]")
                        .body())
                .startsWith("http://[::1]/hms/wv/rights/?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xchunked", "identity", "gzip, chunked", "chunked, identity"})
    void bodyInAnotherTransferEncoding_isNotTheNextRequest(String encoding) {
        String second = "GET /hms/wv/token?" + good(strict) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String first = "POST /hms/wv/token HTTP/1.1\r\nHost: localhost\r\n" + FORM + "\r\nTransfer-Encoding: "
                + encoding + "\r\n\r\n";
        assertRefusedOrCutOff(first + second);
    }

    @Test
    void getInAnotherTransferEncoding_isRefusedAlike() {
        String target = "/hms/wv/token?" + good(strict) + " HTTP/1.1\r\nHost: localhost\r\n";
        assertRefusedOrCutOff("GET " + target + "Transfer-Encoding: xchunked\r\n\r\nGET " + target + "\r\n");
    }

    @Test
    void bodyThatIsNoHttp_isRefused_andNothingOfItIsLogged() {
        String request = "POST /hms/wv/token?errorFormat=json HTTP/1.1\r\nHost: localhost\r\n" + FORM
                + "\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nbad " + KEY + " name: x\r\n\r\n";
        assertRefusedOrCutOff(request);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void transferEncodingBesideContentLength_isAnswered_andEndsTheConnection(boolean isSecond) throws Exception {
        double before = served();
        String form = good(strict);
        String other = "GET /hms/wv/token?" + form + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String both = "POST /hms/wv/token HTTP/1.1\r\nHost: localhost\r\n" + FORM
                + "\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(form.length()) + "\r\n" + form + "\r\n0\r\n\r\n";
        Answer answer =
                service.http().exchange(((isSecond ? other : "") + both + other).getBytes(StandardCharsets.US_ASCII));
        assertThat(answer.status()).isEqualTo(200);
        assertThat((answer.headers() + answer.body()).toLowerCase(Locale.ROOT))
                .containsOnlyOnce("connection")
                .contains("close");
        await().until(() -> served() == before + (isSecond ? 2 : 1));
    }

    @Test
    void chunksAlone_endNoConnection() throws Exception {
        String chunked = "POST /nothing HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
        try (KeptConnection connection = new KeptConnection(service.port())) {
            assertThat(connection.send(chunked).answer().status()).isEqualTo(404);
            assertThat(connection.send(chunked).answer().status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1\r\nTransfer-Encoding: xchunked",
                "HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked"
            })
    void requestBehindOneWhoseEndIsUncertain_isNotServed(String version) throws Exception {
        double before = served();
        String first = "POST /hms/wv/token " + version + "\r\nHost: localhost\r\n\r\n0\r\n\r\n";
        String second = "GET /hms/wv/token?" + good(strict) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        Answer answer = service.http().exchange((first + second).getBytes(StandardCharsets.US_ASCII));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("HTTP/1.1");
        assertThat(service.http().get("/nothing").status()).isEqualTo(404);
        assertThat(served()).isEqualTo(before);
    }

    private static double served() throws IOException {
        return service.metric("playgrant_requests_total{code=\"0\",source=\"http\"}");
    }

    /** Where the framing itself is broken, the HTTP stack closes the connection, maybe before our answer is out. */
    private static void assertRefusedOrCutOff(String request) {
        try {
            Answer answer = service.http().exchange(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("HTTP/1.1").doesNotContain("ExpressPlayToken");
        } catch (IOException cutOff) {
            // Nothing came back: as good a refusal.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "BREW", "TRACE"})
    void otherMethod_is405WithAllow(String method) throws Exception {
        Answer answer = service.http().send(method, "/hms/wv/token?errorFormat=json&" + good(strict), new byte[0]);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("GET, POST");
        if (!method.equals("HEAD")) {
            assertThat(answer.body())
                    .isEqualTo("{\"code\":405,\"message\":\"[405] Method Not Allowed: use GET or POST\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "multipart/form-data; boundary=x",
                "text/plain",
                "application/x-www-form-urlencoded; charset=latin1",
                "application/x-www-form-urlencoded; charset=utf-16",
                "application/x-www-form-urlencoded; charset=utf-9",
                "application/x-www-form-urlencoded; charset=",
                "application/x-www-form-urlencoded; charset=\"utf-8",
                "application/x-www-form-urlencoded; version=1; Charset=ISO-8859-1",
                "application/x-www-form-urlencoded; charset=utf-8; charset=latin1",
                "application/x-www-form-urlencoded2",
                "application/x-www-form-urlencoded charset=utf-8",
                ""
            })
    void otherBody_is415(String contentType) throws Exception {
        Answer answer = service.http()
                .post(
                        "/hms/wv/token?" + good(strict),
                        "{\"kid\":1}",
                        "Content-Type: " + contentType,
                        "Accept: application/json");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body())
                .isEqualTo("{\"code\":415,\"message\":\"[415] Unsupported Media Type: a body must be"
                        + " application/x-www-form-urlencoded in UTF-8\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "APPLICATION/X-WWW-Form-URLEncoded;",
                "application/x-www-form-urlencoded;charset=utf8",
                "application/x-www-form-urlencoded; charset=UTF-8",
                "application/x-www-form-urlencoded; CHARSET=\"utf-8\"",
                "application/x-www-form-urlencoded; charset = us-ascii",
                "application/x-www-form-urlencoded; charset=ASCII",
                "application/x-www-form-urlencoded; version=1",
                "application/x-www-form-urlencoded; boundary=x; charset=utf-8; q=0.9",
                "application/x-www-form-urlencoded; title=\"; charset=latin1\\\"; charset=latin1\""
            })
    void form_mayHaveAnyParameter_andACharsetThatUtf8Includes(String contentType) throws Exception {
        Answer answer = service.http().post("/hms/wv/token", good(strict), "Content-Type: " + contentType);
        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "x-gzip",
                "deflate",
                "br",
                "zstd",
                "aws-chunked",
                "identity, gzip",
                "gzip\r\nContent-Encoding: identity"
            })
    void bodyInAContentCoding_is415_andTheCodingIsNamed(String coding) throws Exception {
        for (String type : new String[] {FORM, "Content-Type: application/json"}) {
            Answer answer = service.http()
                    .post(
                            "/hms/wv/token?errorFormat=json&" + good(strict),
                            "maxRedemptions=1",
                            type,
                            "Content-Encoding: " + coding);
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.header("accept-encoding")).isEqualTo("identity");
            assertThat(answer.body())
                    .isEqualTo("{\"code\":415,\"message\":\"[415] Unsupported Media Type: a body must have no"
                            + " Content-Encoding\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity, identity", ""})
    void bodyInNoContentCoding_isRead(String coding) throws Exception {
        assertThat(service.http()
                        .post("/hms/wv/token", good(strict), FORM, "Content-Encoding: " + coding)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void contentCodingWithoutABody_meansNothing() throws Exception {
        String target = "/hms/wv/token?" + good(strict);
        assertThat(service.http().get(target, "Content-Encoding: gzip").status())
                .isEqualTo(200);
        assertThat(service.http().post(target, "", "Content-Encoding: gzip").status())
                .isEqualTo(200);
        Answer type = service.http().post(target, "{}", "Content-Type: application/json");
        assertThat(type.status()).isEqualTo(415);
        assertThat(type.headers()).doesNotContainKey("accept-encoding");
    }

    @Test
    void multipartBody_isNeverWrittenToDisk() throws Exception {
        service.http()
                .post(
                        "/hms/wv/token",
                        "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\nupload\r\n--x--\r\n",
                        "Content-Type: multipart/form-data; boundary=x");
        assertThat(Path.of("file-uploads")).doesNotExist();
    }

    @Test
    void largestBody_isRead_andOneByteMoreIs413() throws Exception {
        String body = good(strict) + "&pad=";
        String largest = body + "x".repeat(HttpCall.LARGEST_BODY - body.length());
        assertThat(service.http().post("/hms/wv/token", largest, FORM).status()).isEqualTo(200);
        Answer answer = service.http().post("/hms/wv/token?errorFormat=json", largest + "x", FORM);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body())
                .isEqualTo("{\"code\":413,\"message\":\"[413] Content Too Large: a body has at most 16384 bytes\"}");
    }

    @Test
    void chunkedBody_isReadAndLimitedAlike() throws Exception {
        String form = good(strict);
        String head = "POST /hms/wv/token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + FORM
                + "\r\nTransfer-Encoding: chunked\r\n\r\n";
        String body = Integer.toHexString(form.length()) + "\r\n" + form + "\r\n0\r\n\r\n";
        assertThat(service.http()
                        .exchange((head + body).getBytes(StandardCharsets.US_ASCII))
                        .status())
                .isEqualTo(200);
        String tooLarge = "5000\r\n" + "x".repeat(0x5000) + "\r\n0\r\n\r\n";
        assertThat(service.http()
                        .exchange((head + tooLarge).getBytes(StandardCharsets.US_ASCII))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void expectedContinue_isSentBeforeTheAnswer() throws Exception {
        String form = good(strict);
        Answer answer = service.http().post("/hms/wv/token", form, FORM, "Expect: 100-continue");
        assertThat(answer.status()).isEqualTo(100);
        assertThat(answer.body()).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void megabyteOfBody_is413() throws Exception {
        Answer answer = service.http().post("/hms/wv/token", "x".repeat(1024 * 1024), FORM);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body())
                .isEqualTo(TokenErrorsTest.page("[413] Content Too Large: a body has at most 16384 bytes"));
    }

    @Test
    void endlessBody_isCutOff() throws Exception {
        Answer answer = service.http().post("/hms/wv/token", "x".repeat(8 * 1024 * 1024), FORM);
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void megabyteOfQuery_is414() throws Exception {
        assertThat(service.http()
                        .get("/hms/wv/token?" + good(strict) + "&x=" + "x".repeat(1024 * 1024))
                        .status())
                .isEqualTo(414);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF%FE", "%", "%4", "%zz", "a%00b", "%C0%80", "%ED%A0%80", "a%0Ab", "a%C2%85b"})
    void badText_isTheParametersOwnError_andNothingIsEchoed(String text) throws Exception {
        Answer query = service.http().get("/hms/wv/token?errorFormat=json&" + good(strict) + "&contentId=" + text);
        assertThat(query.status()).isEqualTo(400);
        assertThat(query.body())
                .startsWith("{\"code\":-6005,\"message\":\"[-6005] Invalid key data specified: contentId must ");
        Answer form = service.http().post("/hms/wv/token?errorFormat=json", good(strict) + "&contentId=" + text, FORM);
        assertThat(form.body()).isEqualTo(query.body());
    }

    @Test
    void badPathEncoding_isRefusedByTheHttpStack() throws Exception {
        assertThat(service.http().get("/hms/wv/token%zz?" + good(strict)).status())
                .isIn(400, 404);
    }

    @Test
    void badAuthenticatorEncoding_isAnInvalidAuthenticator() throws Exception {
        Answer answer = service.http().get("/hms/wv/token?errorFormat=json&customerAuthenticator=%FF");
        assertThat(answer.body()).startsWith("{\"code\":-2018,");
    }

    @Test
    void rawBytesInTheRequestLine_areMalformedText() throws Exception {
        String request = "GET /hms/wv/token?errorFormat=json&" + good(strict)
                + "&contentId=\u00ff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        Answer answer = service.http().exchange(request.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void emptyParameters_areAbsent_andNamesAreCaseSensitive() throws Exception {
        assertThat(service.http()
                        .get("/hms/wv/token?" + good(strict) + "&kek=&deviceId=&ek&cookie=&=x&&")
                        .status())
                .isEqualTo(200);
        assertThat(service.http()
                        .get("/hms/wv/token?" + good(strict) + "&KID=x&DeviceId=x")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "", "evil/path", "user@host", "a\"b", "host:99999999"})
    void hostThatIsNone_isABadRequest(String host) throws Exception {
        Answer answer = service.http().get("/hms/wv/token?errorFormat=json&" + good(strict), "Host: " + host);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("evil");
    }

    @Test
    void configuredRightsUrls_areUsedWhateverTheHost(@TempDir Path folder) throws Exception {
        Map<String, String> environment = Map.of(
                "PLAYGRANT_RIGHTS_URL", "http://rights.example/wv",
                "PLAYGRANT_TEST_RIGHTS_URL", "https://rights.test.example:8443/wv",
                "PLAYGRANT_TEST_HOSTS", "sandbox.example");
        try (RunningService other = RunningService.start(folder, environment)) {
            Customer customer = other.newCustomer(Profile.STRICT);
            String query = "/hms/wv/token?kid=%5Efilm&contentKey=" + KEY + RULES + "&customerAuthenticator=";
            assertThat(other.http().get(query + customer.production()).body())
                    .startsWith("http://rights.example/wv?ExpressPlayToken=");
            assertThat(other.http()
                            .get(query + customer.production() + "&useHttps=true")
                            .body())
                    .startsWith("https://rights.example/wv?ExpressPlayToken=");
            assertThat(other.http()
                            .get(query + customer.test(), "Host: sandbox.example")
                            .body())
                    .startsWith("https://rights.test.example:8443/wv?ExpressPlayToken=");
        }
    }

    @Test
    void tooLongAUrl_isRefused(@TempDir Path folder) throws Exception {
        String longest = "http://rights.example/" + "r".repeat(1002);
        try (RunningService other = RunningService.start(folder, Map.of("PLAYGRANT_RIGHTS_URL", longest))) {
            String clapper = "%F0%9F%8E%AC";
            StringBuilder form = new StringBuilder(
                            "errorFormat=json&licenseDuration=99999&playbackDuration=99999&generalFlags=00000001"
                                    + "&notBefore=+9&maxRedemptions=1000&ipAddress=2001:db8:1111:2222:3333:4444:5555:6666/128&contentId=")
                    .append(clapper.repeat(64))
                    .append("&cookie=")
                    .append(clapper.repeat(32))
                    .append("&customerAuthenticator=")
                    .append(other.newCustomer(Profile.LENIENT).production());
            for (int i = 0; i < 16; i++) {
                form.append("&kid." + i + "=%5E" + i + "&contentKey." + i + "=" + KEY);
                form.append("&wvExtension=")
                        .append(clapper.repeat(4))
                        .append(",")
                        .append("A".repeat(55));
            }
            Answer answer = other.http().post("/hms/wv/token", form.toString(), FORM);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body())
                    .matches("\\{\"code\":-7009,\"message\":\"\\[-7009\\] Invalid WVExtension parameters specified:"
                            + " the licence URL would have 39[0-9]{2} characters, 3900 are allowed\"\\}");
        }
    }

    @Test
    void disabledAccount_isRefusedWithinSeconds() throws Exception {
        Customer customer = service.newCustomer(Profile.STRICT);
        assertThat(service.http().get("/hms/wv/token?" + good(customer)).status())
                .isEqualTo(200);
        service.application().accounts().change(customer.account(), AccountChange.enabled(false));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(service.http()
                                .get("/hms/wv/token?errorFormat=json&" + good(customer))
                                .body())
                        .startsWith("{\"code\":-2031,"));
    }

    @Test
    void deletedAccount_isUnknownWithinSeconds() throws Exception {
        Customer customer = service.newCustomer(Profile.STRICT);
        assertThat(service.http().get("/hms/wv/token?" + good(customer)).status())
                .isEqualTo(200);
        service.application().accounts().delete(customer.account());
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(service.http()
                                .get("/hms/wv/token?errorFormat=json&" + good(customer))
                                .body())
                        .isEqualTo("{\"code\":-2018,\"message\":\"[-2018] Authentication token invalid\"}"));
    }

    @Test
    void authenticators_areReplacedWithoutAPause() throws Exception {
        Customer customer = service.newCustomer(Profile.STRICT);
        Authenticators authenticators = service.application().accounts().authenticators();
        Authenticators.Added added =
                authenticators.add(customer.account(), Environment.PRODUCTION).orElseThrow();
        String fresh = secret(added.authenticator().reveal());
        String before = "/hms/wv/token?" + good(customer);
        String after = before.replace(customer.production(), fresh);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> service.http().get(after).status() == 200);
        assertThat(service.http().get(before).status()).isEqualTo(200);
        long old = service.application().accounts().find(customer.account()).orElseThrow().authenticators().stream()
                .filter(stored -> stored.environment() == Environment.PRODUCTION)
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(authenticators.revoke(customer.account(), old)).isTrue();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> service.http().get(before).status() == 401);
        assertThat(service.http().get(after).status()).isEqualTo(200);
    }

    @Test
    void rateLimit_isAnsweredInBothShapes() throws Exception {
        Customer customer = service.newCustomer(Profile.STRICT);
        service.application().accounts().change(customer.account(), AccountChange.rate(Limit.of(1)));
        Answer json = firstRefusal("/hms/wv/token?errorFormat=json&" + good(customer));
        assertThat(json.status()).isEqualTo(429);
        assertThat(json.header("retry-after")).isEqualTo("1");
        assertThat(json.header("content-type")).isEqualTo("application/json");
        assertThat(json.body())
                .isEqualTo("{\"code\":429,\"message\":\"[429] Too Many Requests: "
                        + "the account is given at most 1 tokens a second\"}");
        Answer html = firstRefusal("/hms/wv/token?" + good(customer));
        assertThat(html.status()).isEqualTo(429);
        assertThat(html.header("retry-after")).isEqualTo("1");
        assertThat(html.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(html.body())
                .isEqualTo(TokenErrorsTest.page(
                        "[429] Too Many Requests: the account is given at most 1 tokens a second"));
    }

    @Test
    void credits_areNeverOverdrawn_byManyClientsAtOnce() throws Exception {
        Customer customer = service.newCustomer(Profile.STRICT);
        service.application().accounts().change(customer.account(), AccountChange.credits(Limit.of(100)));
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                answers.add(clients.submit(() ->
                        service.http().get("/hms/wv/token?" + good(customer)).status()));
            }
            Map<Integer, Integer> statuses = new TreeMap<>();
            for (Future<Integer> answer : answers) {
                statuses.merge(answer.get(), 1, Integer::sum);
            }
            assertThat(statuses).isEqualTo(Map.of(200, 100, 400, 50));
        } finally {
            clients.shutdownNow();
        }
        assertThat(service.application()
                        .accounts()
                        .find(customer.account())
                        .orElseThrow()
                        .credits())
                .isEqualTo(Limit.of(0));
    }

    private static Answer firstRefusal(String target) throws Exception {
        Answer answer = service.http().get(target);
        while (answer.status() == 200) {
            answer = service.http().get(target);
        }
        return answer;
    }

    private static String good(Customer customer) {
        return "customerAuthenticator=" + customer.production() + "&kid=%5Efilm&contentKey=" + KEY + RULES;
    }

    private static Claims open(Answer answer) {
        String token = answer.body().substring(answer.body().indexOf('=') + 1);
        return new TokenOpener(service.application().keyRing()).open(token);
    }

    private static String base64(String text) {
        return secret(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
