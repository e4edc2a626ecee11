package io.playgrant.route.keystore;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Profile;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.exchange.RefusalLines;
import io.playgrant.route.http.RawHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The key storage as its clients meet it (protocol section 6). Each test has an account of its own. */
class KeyStorageServiceTest {

    private static final String KEK = secret("000102030405060708090a0b0c0d0e0f");
    private static final String OTHER_KEK = secret("00112233445566778899aabbccddeeff");
    private static final String K = secret("a9b9033df0b9ca5447839e3d074817a0");
    private static final String EK = secret("5dbd06c0056b42fe0b8cf406679620c31bd619732730433d");
    private static final String KEK_ID = "#1.afe008a381bdac03b412a92d54b92ddf";
    private static final String KID = "80ea8bc8a58f990ad1f76bc665b30bfa";
    private static final String TIME = "\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\"";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path dataDir;

    private static RunningService service;

    private Customer customer;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(dataDir, Map.of());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void newCustomer() {
        customer = service.newCustomer(Profile.STRICT);
    }

    @Test
    void keyOfTheClients_isWrapped() throws Exception {
        Answer created = post("/keys", KEK, "{\"kid\":\"^kid1\",\"k\":\"" + K + "\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("location")).isEqualTo("/keys/" + KID);
        assertThat(created.header("content-type")).isEqualTo("application/json");
        assertThat(created.header("cache-control")).isEqualTo("no-store");
        assertThat(created.body())
                .matches("\\{\"kid\":\"" + KID + "\",\"k\":\"" + K + "\",\"ek\":\"" + EK + "\",\"kekId\":\"" + KEK_ID
                        + "[0-9a-f]{8}\",\"lastUpdate\":" + TIME + "\\}");
        Answer again = post("/keys", KEK, "{\"kid\":\"" + KID + "\"}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.headers()).doesNotContainKey("location");
        assertThat(again.body()).isEqualTo(created.body());
    }

    @Test
    void wrappedKeyOfTheClients_isUnwrapped() throws Exception {
        String ek = secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986");
        assertThat(post("/keys", "", "{\"kid\":\"^a\",\"ek\":\"" + ek + "\",\"kekId\":\"mine\"}")
                        .status())
                .isEqualTo(201);
        assertThat(get("/keys/^a/value", OTHER_KEK).body()).isEqualTo(secret("12341234123412341234123412341234"));
        assertThat(get("/keys/^a/value", "").body()).isEqualTo("#" + ek);
        assertThat(json(get("/keys/^a", OTHER_KEK)).path("kekId").textValue()).isEqualTo("mine");
        assertThat(json(get("/keys/^a", "")).has("k")).isFalse();
    }

    @Test
    void exportedKey_isTakenBack() throws Exception {
        // As ExpressPlay answers.
        String kek = secret("11111111111111111111111111111111");
        String ek = secret("E5D655089B80A796E0F55F15BAC62439CE115900966F3517");
        String k = secret("12341234123412341234123412341236");
        String exported = "{\"kid\":\"6B6801FE59DA030104702C69F1A7D46A\","
                + "\"kekId\":\"#1.952241B0259652B68A8CAE2BE819DFA3390CDB35\",\"k\":\"" + k + "\",\"ek\":\"" + ek
                + "\",\"lastUpdate\":\"2021-09-22T22:42:48Z\"}";
        Answer created = post("/keys", kek, exported);
        assertThat(created.status()).isEqualTo(201);
        String path = "/keys/6b6801fe59da030104702c69f1a7d46a";
        assertThat(get(path + "/value", kek).body()).isEqualTo(k);
        Answer own = get(path, kek);
        assertThat(own.body()).isEqualTo(created.body());
        assertThat(put(path, kek, own.body()).status()).isEqualTo(200);
        assertThat(get(path, kek).body()).contains("\"ek\":\"" + ek.toLowerCase(Locale.ROOT) + "\"");
        assertThat(put(path, kek, exported.replace("236\"", "237\"")).body())
                .contains("\"code\":2", "k and ek are different keys");
        assertThat(put(path, KEK, own.body()).body()).contains("\"code\":5");
        assertThat(put(path, "", own.body()).body()).contains("\"code\":2", "k needs kek");
    }

    @Test
    void kekIdOfBento4_isTaken() throws Exception {
        String body = "{\"kid\":\"^kid1\",\"ek\":\"" + EK + "\",\"kekId\":\"#1.a897cafd0a10ae9f0ada0b3ffcbcdb37\"}";
        Answer created = post("/keys", KEK, body);
        assertThat(created.status()).isEqualTo(201);
        assertThat(json(created).path("kekId").textValue()).isEqualTo("#1.a897cafd0a10ae9f0ada0b3ffcbcdb37");
        assertThat(post("/keys", OTHER_KEK, body.replace("kid1", "kid2")).body())
                .contains("\"code\":5");
    }

    @Test
    void randomKey_isMadeOfNoBody_whateverItsHeadersAre() throws Exception {
        String target = target("/keys", KEK);
        List<Answer> answers = List.of(
                service.http().send("POST", target, new byte[0]),
                service.http().send("POST", target, new byte[0], "Content-Length: 0", "Content-Type: application/json"),
                service.http().post(target, "{}"),
                service.http().post(target, "{}", "Content-Type: application/x-www-form-urlencoded"),
                service.http().post(target, "{\"unknown\":1}", "Content-Type: application/json; charset=utf-8"),
                service.http()
                        .send(
                                "POST",
                                target,
                                "2\r\n{}\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                                "Transfer-Encoding: chunked"));
        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers).extracting(answer -> answer.header("location")).doesNotHaveDuplicates();
        assertThat(get("/keycount", "").body()).isEqualTo("{\"keyCount\":6}");
        assertThat(get("/keycount", "").header("content-type")).isEqualTo("application/json");
    }

    @Test
    void contentCoding_isRefused_unlessThereIsNoBody() throws Exception {
        String target = target("/keys", KEK);
        Answer created = service.http().post(target, "{\"kid\":\"^a\"}", "Content-Encoding: gzip");
        assertRefused(created, 415, 2, "a body must have no Content-Encoding");
        assertThat(created.header("accept-encoding")).isEqualTo("identity");
        assertThat(service.http().post(target, "", "Content-Encoding: gzip").status())
                .isEqualTo(201);
        assertThat(service.http()
                        .post(target, "{\"kid\":\"^a\"}", "Content-Encoding: identity")
                        .status())
                .isEqualTo(201);
        assertRefused(
                service.http()
                        .send(
                                "PUT",
                                target("/keys/^a", KEK),
                                new byte[] {'{', '}'},
                                "Content-Length: 2",
                                "Content-Encoding: br"),
                415,
                2,
                "a body must have no Content-Encoding");
        assertThat(service.http()
                        .get(target("/keys/^a", KEK), "Content-Encoding: gzip")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void put_answersTheUpdatedKey() throws Exception {
        post("/keys", KEK, "{\"kid\":\"^kid1\",\"k\":\"" + K + "\",\"info\":\"i\"}");
        Answer answer = put("/keys/" + KID, "", "{\"contentId\":\"film\",\"expiration\":\"2030-01-01T00:00:00Z\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body())
                .matches("\\{\"kid\":\"" + KID + "\",\"ek\":\"" + EK + "\",\"kekId\":\"" + KEK_ID
                        + "[0-9a-f]{8}\",\"info\":\"i\",\"contentId\":\"film\",\"expiration\":\"2030-01-01T00:00:00Z\","
                        + "\"lastUpdate\":" + TIME + "\\}");
        assertThat(json(put("/keys/%5Ekid1", OTHER_KEK, "{\"k\":\"" + K + "\"}"))
                        .path("k")
                        .textValue())
                .isEqualTo(K);
        assertThat(get("/keys/^kid1/value", OTHER_KEK).body()).isEqualTo(K);
    }

    @Test
    void kids_areNamesOrDigits_everywhere() throws Exception {
        post("/keys", KEK, "{\"kid\":\"^kid1\",\"k\":\"" + K + "\"}");
        String digits = get("/keys/" + KID, KEK).body();
        assertThat(get("/keys/^kid1", KEK).body()).isEqualTo(digits);
        assertThat(get("/keys/%5Ekid1", KEK).body()).isEqualTo(digits);
        assertThat(get("/keys/%5ekid%31/", KEK).body()).isEqualTo(digits);
        assertThat(get("/keys/80EA8BC8A58F990AD1F76BC665B30BFA", KEK).body()).isEqualTo(digits);
    }

    @Test
    void namesWithCommasSlashesPlusSignsAndLetters_areWrittenEncoded() throws Exception {
        List<String> names = List.of("^a,b", "^a/b", "^a+b", "^a b", "^\u00e9\u4e16", "^a%2Cb");
        List<String> encoded = List.of("^a%2Cb", "^a%2Fb", "^a+b", "%5Ea%20b", "^%C3%A9%E4%B8%96", "^a%252Cb");
        for (int i = 0; i < names.size(); i++) {
            Answer made = post("/keys", KEK, "{\"kid\":\"" + names.get(i) + "\"}");
            assertThat(json(get("/keys/" + encoded.get(i), KEK))).isEqualTo(json(made));
        }
        Answer list = get("/keys/" + String.join(",", encoded) + "/value", KEK);
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body().split(",", -1)).hasSameSizeAs(names);
    }

    @Test
    void lists_areInTheRequestsOrder() throws Exception {
        JsonNode one = json(post("/keys", KEK, "{\"kid\":\"^1\"}"));
        JsonNode two = json(post("/keys", KEK, "{\"kid\":\"^2\"}"));
        Answer objects = get("/keys/%5E2,^1,^2", KEK);
        assertThat(objects.header("content-type")).isEqualTo("application/json");
        assertThat(json(objects)).containsExactly(two, one, two);
        Answer values = get("/keys/^2,^1/value", KEK);
        assertThat(values.header("content-type")).isEqualTo("text/plain");
        assertThat(values.body())
                .isEqualTo(two.path("k").textValue() + "," + one.path("k").textValue());
        assertThat(get("/keys/^2,^1/value", "").body())
                .isEqualTo(
                        "#" + two.path("ek").textValue() + ",#" + one.path("ek").textValue());
        assertRefused(get("/keys/^1,^3", KEK), 404, 2, "no key is stored under the kid in place 2");
        assertRefused(get("/keys/^1,^2", OTHER_KEK), 400, 5, "the key does not open under kek");
        assertRefused(get("/keys/^1,", KEK), 400, 2, "kid must be 32 hexadecimal digits, or ^ and 1 to 64 characters");
    }

    @Test
    void all_comeInPages() throws Exception {
        List<String> kids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            kids.add(json(post("/keys", KEK, "")).path("kid").textValue());
        }
        Collections.sort(kids);
        assertThat(json(get("/keys", "")))
                .extracting(key -> key.path("kid").textValue())
                .isEqualTo(kids);
        assertThat(json(get("/keys", KEK))).allMatch(key -> key.has("k"));
        assertThat(json(get("/keys", OTHER_KEK))).hasSize(5).noneMatch(key -> key.has("k"));
        assertThat(json(get("/keys", "", "&limit=2&after=" + kids.get(1))))
                .extracting(key -> key.path("kid").textValue())
                .isEqualTo(kids.subList(2, 4));
        assertThat(json(get("/keys", "", "&after=" + kids.get(4)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit must be 1 to 1000",
        "limit=1001, limit must be 1 to 1000",
        "limit=-1, limit must be 1 to 1000",
        "limit=x, limit must be 1 to 1000",
        "limit=1&limit=2, 'limit must be given once, as percent-encoded UTF-8'",
        "after=x, 'after must be 32 hexadecimal digits, or ^ and 1 to 64 characters'",
        "after=%FF, 'after must be given once, as percent-encoded UTF-8'"
    })
    void wrongPage_isRefused(String parameters, String details) throws Exception {
        assertRefused(get("/keys", "", "&" + parameters), 400, 2, details);
    }

    @Test
    void deletedKey_isGone() throws Exception {
        post("/keys", KEK, "{\"kid\":\"^kid1\"}");
        Answer answer = send("DELETE", "/keys/^kid1", "", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        for (String path : List.of("/keys/^kid1", "/keys/^kid1/value")) {
            assertRefused(get(path, KEK), 404, 2, "no key is stored under kid");
        }
        assertRefused(send("DELETE", "/keys/^kid1", "", ""), 404, 2, "no key is stored under kid");
        assertRefused(put("/keys/^kid1", KEK, "{}"), 404, 2, "no key is stored under kid");
        assertThat(get("/keycount", "").body()).isEqualTo("{\"keyCount\":0}");
    }

    @Test
    void expiredKey_isNotHandedOut() throws Exception {
        Answer created =
                post("/keys", KEK, "{\"kid\":\"^kid1\",\"k\":\"" + K + "\",\"expiration\":\"2020-01-01T00:00:00Z\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(post("/keys", KEK, "{\"kid\":\"^kid1\"}").body()).isEqualTo(created.body());
        assertThat(json(created).has("k")).isFalse();
        assertThat(json(created).has("ek")).isFalse();
        assertRefused(get("/keys/^kid1", KEK), 404, 2, "the key under kid has expired");
        assertRefused(get("/keys/^kid1/value", KEK), 404, 2, "the key under kid has expired");
        put("/keys/^kid1", "", "{\"expiration\":\"2099-01-01T00:00:00Z\"}");
        assertThat(get("/keys/^kid1/value", KEK).body()).isEqualTo(K);
    }

    @Test
    void storedKey_isThatOfTokens_untilItIsDeleted() throws Exception {
        String token = "/hms/wv/token?errorFormat=json&kid=%5Efilm&securityLevel=1&hdcpOutputControl=0&kek=" + KEK
                + "&customerAuthenticator=" + customer.production();
        assertThat(service.http().get(token).body()).startsWith("{\"code\":-4019,");
        post("/keys", KEK, "{\"kid\":\"^film\"}");
        assertThat(service.http().get(token).status()).isEqualTo(200);
        put("/keys/^film", "", "{\"expiration\":\"2020-01-01T00:00:00Z\"}");
        assertThat(service.http().get(token).body()).startsWith("{\"code\":-4019,");
        put("/keys/^film", "", "{\"expiration\":null}");
        assertThat(service.http().get(token).status()).isEqualTo(200);
        send("DELETE", "/keys/^film", "", "");
        assertThat(service.http().get(token).body()).startsWith("{\"code\":-4019,");
    }

    @Test
    void accountsAndEnvironments_areApart() throws Exception {
        post("/keys", KEK, "{\"kid\":\"^kid1\"}");
        Customer other = service.newCustomer(Profile.STRICT);
        assertThat(service.http()
                        .get("/keystore/keycount?customerAuthenticator=" + other.production())
                        .body())
                .isEqualTo("{\"keyCount\":0}");
        assertThat(service.http()
                        .get("/keystore/keycount?customerAuthenticator=" + customer.test(), "Host: test.localhost")
                        .body())
                .isEqualTo("{\"keyCount\":0}");
        assertRefused(
                service.http().get("/keystore/keycount?customerAuthenticator=" + customer.test()),
                401,
                -2018,
                "customerAuthenticator is of the test environment, the host is of the production environment");
    }

    @Test
    void sameKeyFromManyAtOnce_isMadeOnce() throws Exception {
        List<Callable<Answer>> calls = Collections.nCopies(32, () -> post("/keys", KEK, "{\"kid\":\"^kid1\"}"));
        ExecutorService clients = Executors.newFixedThreadPool(calls.size());
        try {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : clients.invokeAll(calls)) {
                answers.add(answer.get());
            }
            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(31);
            assertThat(answers)
                    .extracting(Answer::body)
                    .containsOnly(answers.get(0).body());
        } finally {
            clients.shutdown();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                 | 3 | the body must be JSON",
                "{\"kid\":\"^a\",} | 3 | the body must be JSON",
                "[]                | 2 | the body must be a JSON object",
                "{\"kid\":1}       | 2 | kid must be a string",
                "{\"kid\":\"film\"}| 2 | kid must be 32 hexadecimal digits, or ^ and 1 to 64 characters",
                "{\"k\":\"00\"}    | 2 | k must be 32 hexadecimal digits",
                "{\"ek\":\"00\"}   | 2 | ek must be 48 hexadecimal digits",
                "{\"info\":[]}     | 2 | info must be a string",
                "{\"expiration\":\"tomorrow\"} | 2 | expiration must be a time of RFC 3339, as in 2030-12-31T23:59:59Z"
            })
    void wrongBody_isRefused(String body, int code, String details) throws Exception {
        assertRefused(post("/keys", KEK, body), 400, code, details);
        assertThat(get("/keycount", "").body()).isEqualTo("{\"keyCount\":0}");
    }

    @Test
    void missingOrWrongKek_isRefused() throws Exception {
        String wrong = "kek must be 32, 48 or 64 hexadecimal digits";
        assertRefused(post("/keys", "", ""), 400, 2, "a new key needs ek or kek");
        assertRefused(post("/keys", "", "{\"k\":\"" + K + "\"}"), 400, 2, "k needs kek");
        assertRefused(post("/keys", KEK.substring(1), ""), 400, 2, wrong);
        assertRefused(post("/keys", "zz" + KEK.substring(2), ""), 400, 2, wrong);
        assertRefused(
                post("/keys", KEK + "&kek=" + KEK, ""), 400, 2, "kek must be given once, as percent-encoded UTF-8");
        post("/keys", KEK, "{\"kid\":\"^kid1\"}");
        for (Answer answer : List.of(
                post("/keys", OTHER_KEK, "{\"kid\":\"^kid1\"}"),
                put("/keys/^kid1", OTHER_KEK, "{}"),
                get("/keys/^kid1", OTHER_KEK),
                get("/keys/^kid1/value", OTHER_KEK))) {
            assertRefused(answer, 400, 5, "the key does not open under kek");
        }
    }

    @Test
    void largeBody_isRefused() throws Exception {
        Answer answer = post("/keys", KEK, "{\"unknown\":\"" + "a".repeat(16 * 1024) + "\"}");
        assertRefused(answer, 413, 2, "a body has at most 16384 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"film", "^", "%5E%FF", "^%00", "^%C3", "80ea8bc8a58f990ad1f76bc665b30bf"})
    void wrongKid_isRefused(String kid) throws Exception {
        Answer answer = get("/keys/" + kid, "");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"code\":2,\"message\":\"[2] Invalid parameters: kid must be ");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /keys, 'GET, POST'",
        "POST, /keys/^a, 'DELETE, GET, PUT'",
        "PUT, '/keys/^a,^b', GET",
        "DELETE, '/keys/^a,^b', GET",
        "PUT, /keys/^a/value, GET",
        "POST, /keycount, GET",
        "HEAD, /keycount, GET"
    })
    void otherMethod_isNotAllowed(String method, String path, String allow) throws Exception {
        Answer answer = send(method, path, "", "");
        assertThat(answer.header("allow")).isEqualTo(allow);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body())
                .isEqualTo(
                        method.equals("HEAD")
                                ? ""
                                : "{\"code\":405,\"message\":\"[405] Method Not Allowed: use " + allow + "\"}");
    }

    @Test
    void otherPath_isNotFound() throws Exception {
        for (String path : List.of("/", "/values", "/keys/^a/k")) {
            assertRefused(get(path, ""), 404, 404, "keys are at /keystore/keys");
        }
        Answer sibling = service.http().get("/keystores/keys");
        assertThat(sibling.status()).isEqualTo(404);
        assertThat(sibling.header("content-type")).isEqualTo("text/html; charset=utf-8");
    }

    @Test
    void callerIsAsked_beforeAnythingElse_andAnsweredAsJson() throws Exception {
        for (String path : List.of("/keystore/keycount", "/keystore/keys?errorFormat=html", "/keystore/nothing")) {
            Answer answer = service.http().get(path);
            assertRefused(answer, 401, -2017, "");
            assertThat(answer.header("www-authenticate")).isEqualTo("Basic realm=\"playgrant\"");
        }
        assertRefused(
                service.http().get("/keystore/keycount?customerAuthenticator=1,x&errorFormat=html"), 401, -2018, "");
        assertRefused(
                service.http().get("/keystore/keycount?customerAuthenticator=%FF"),
                401,
                -2018,
                "customerAuthenticator must be percent-encoded UTF-8");
        assertRefused(
                service.http().get(target("/keycount", ""), "Host: localhost", "Host: test.localhost"),
                400,
                400,
                "one Host header must name a host");
    }

    @Test
    void disabledAccount_isRefused_andOneWithoutWidevineIsNot() throws Exception {
        service.application().accounts().change(customer.account(), AccountChange.widevine(false));
        assertThat(get("/keycount", "").status()).isEqualTo(200);
        Customer disabled = service.newCustomer(Profile.STRICT);
        service.application().accounts().change(disabled.account(), AccountChange.enabled(false));
        assertRefused(
                service.http().get("/keystore/keycount?customerAuthenticator=" + disabled.production()),
                401,
                -2031,
                "");
    }

    @Test
    void refusals_areLoggedWithoutSecrets_andCounted() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("io.playgrant.refused");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            double before = service.metric("playgrant_requests_total{code=\"5\",source=\"keystore\"}");
            post("/keys", KEK, "{\"kid\":\"^kid1\"}");
            Answer refused = get("/keys/^kid1", OTHER_KEK);
            assertThat(lines.list)
                    .extracting(RefusalLines::text)
                    .contains("request=" + refused.header("x-request-id") + " source=keystore account="
                            + customer.account() + " code=5 status=400 details=\"the key does not open under kek\"");
            assertThat(service.metric("playgrant_requests_total{code=\"5\",source=\"keystore\"}"))
                    .isEqualTo(before + 1);
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void storageOutOfReach_isAnInternalError(@TempDir Path folder) throws Exception {
        try (RunningService other = RunningService.start(folder, Map.of())) {
            Customer known = other.newCustomer(Profile.STRICT);
            String target = "/keystore/keycount?customerAuthenticator=" + known.production();
            assertThat(other.http().get(target).status()).isEqualTo(200);
            other.application().database().close();
            assertRefused(other.http().get(target), 503, 1, "the key storage is out of reach, try again later");
        }
    }

    private Answer get(String path, String kek, String... more) throws IOException {
        return service.http().get(target(path, kek) + String.join("", more));
    }

    private Answer post(String path, String kek, String body) throws IOException {
        return send("POST", path, kek, body);
    }

    private Answer put(String path, String kek, String body) throws IOException {
        return send("PUT", path, kek, body);
    }

    private Answer send(String method, String path, String kek, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return service.http().send(method, target(path, kek), bytes, "Content-Length: " + bytes.length);
    }

    private String target(String path, String kek) {
        return "/keystore" + path + "?customerAuthenticator=" + customer.production()
                + (kek.isEmpty() ? "" : "&kek=" + kek);
    }

    private static JsonNode json(Answer answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static void assertRefused(Answer answer, int status, int code, String details) throws IOException {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(json(answer).path("code").intValue()).isEqualTo(code);
        assertThat(json(answer).path("message").textValue())
                .matches("\\[" + code + "\\] [^:]+(: .*)?")
                .endsWith(details.isEmpty() ? "" : ": " + details);
    }
}
