package io.playgrant.route.packager;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.account.Purpose;
import io.playgrant.keystore.packaging.SignerSecrets;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The key server as packagers meet it. Each test has an account of its own. */
class PackagerServiceTest {

    private static final String NGINX = "/packager/nginx-vod";

    @TempDir
    static Path dataDir;

    private static RunningService service;

    private Customer customer;
    private Packager packager;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(dataDir, Map.of("PLAYGRANT_PACKAGER_PERIODS", "10"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void newPackager() {
        customer = service.newCustomer(Profile.STRICT);
        packager = Packager.of(service.application().accounts(), customer.account(), service.port());
    }

    @Test
    void widevine_isAnsweredAsShakaPackagerNeedsIt() throws Exception {
        String body = Packager.widevineVector("not signed").path("body").textValue();
        RawAnswer first = ask(body);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.cacheControl()).isEqualTo("no-store");
        assertThat(first.contentType()).isEqualTo("application/json");
        JsonNode response = first.response();
        assertThat(response.path("status").textValue()).isEqualTo("OK");
        assertThat(response.path("tracks").findValuesAsText("type"))
                .containsExactly("SD", "HD", "UHD1", "UHD2", "AUDIO");
        assertThat(response.path("tracks").findValuesAsText("key_id")).doesNotHaveDuplicates();
        assertThat(ask(body).response()).isEqualTo(response);
        assertThat(Packager.response(packager.http()
                        .post(packager.target("/packager/widevine?x=1"), body, "Content-Type: text/plain")))
                .isEqualTo(response);
    }

    @Test
    void cryptoPeriods_areAnsweredInOrder_upToTheLimit() throws Exception {
        JsonNode response = ask(Packager.widevineVector("crypto periods")
                        .path("body")
                        .textValue())
                .response();
        assertThat(response.path("tracks")).hasSize(50);
        assertThat(response.path("tracks").get(5).path("crypto_period_index").intValue())
                .isEqualTo(1);
        String next = Packager.request("{\"content_id\":\"" + Packager.base64("film-1")
                + "\",\"tracks\":[{\"type\":\"SD\"}],\"first_crypto_period_index\":10,\"crypto_period_count\":1}");
        assertThat(status(next)).isEqualTo("NO_REQUESTED_CRYPTO_PERIODS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | MALFORMED_REQUEST",
                "{} | MALFORMED_REQUEST",
                "{\"request\":\"?\"} | MALFORMED_REQUEST",
                "[[[[ | MALFORMED_REQUEST",
            })
    void wrongBodies_areRefusedWithAStatus(String body, String status) throws Exception {
        assertThat(status(body)).isEqualTo(status);
    }

    @Test
    void wrongRequests_areRefusedWithAStatus() throws Exception {
        assertThat(status(Packager.widevineVector("entitlement").path("body").textValue()))
                .isEqualTo("MALFORMED_REQUEST");
        assertThat(status(Packager.requestFor("", "SD"))).isEqualTo("CONTENT_ID_MISSING");
        assertThat(status(Packager.requestFor("film", "8K"))).isEqualTo("TRACK_TYPE_UNKNOWN");
        assertThat(status(Packager.request(
                        "{\"pssh_data\":\"EhAAESIzRFVmd4iZqrvM3e7/\",\"tracks\":[{\"type\":\"SD\"}]}")))
                .isEqualTo("ASSET_NOT_FOUND");
    }

    @Test
    void knownKeys_areFoundByTheBoxOfAFile() throws Exception {
        JsonNode drawn =
                ask(Packager.requestFor("film", "SD")).response().path("tracks").get(0);
        JsonNode found = ask(Packager.request("{\"pssh_data\":\""
                        + drawn.path("pssh").get(0).path("data").textValue() + "\",\"tracks\":[{\"type\":\"SD\"}]}"))
                .response()
                .path("tracks")
                .get(0);
        assertThat(found.path("key")).isEqualTo(drawn.path("key"));
    }

    @Test
    void signature_isRequiredOnceTheAccountHasASigner() throws Exception {
        JsonNode signed = Packager.widevineVector("AES-256");
        byte[] key = HexFormat.of()
                .parseHex(secret(signed.path("signing").path("key").textValue()));
        byte[] iv =
                HexFormat.of().parseHex(secret(signed.path("signing").path("iv").textValue()));
        String body = signed.path("body").textValue();
        assertThat(status(body.replace("o+qv", "o+qw"))).isEqualTo("OK");
        service.application()
                .accounts()
                .signers()
                .add(customer.account(), new SignerSecrets(service.application().heldKeys()).aes("playgrant", key, iv));
        service.awaitAccountChangesRead();
        assertThat(status(body)).isEqualTo("OK");
        assertThat(status(body.replace("o+qv", "o+qw"))).isEqualTo("SIGNATURE_FAILED");
        assertThat(status(body.replace("\"signer\":\"playgrant\"", "\"signer\":\"other\"")))
                .isEqualTo("SIGNATURE_FAILED");
        assertThat(status(Packager.requestFor("film-1", "SD"))).isEqualTo("SIGNATURE_FAILED");
    }

    @Test
    void signature_mayBeThatOfAnRsaKey() throws Exception {
        JsonNode signed = Packager.widevineVector("RSA");
        String pem = signed.path("signing").findValue("publicKeyPem").textValue();
        RSAPublicKey key = (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(
                        new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""))));
        service.application().accounts().signers().add(customer.account(), SignerSecrets.rsa("playgrant", key));
        service.awaitAccountChangesRead();
        String body = signed.path("body").textValue();
        JsonNode response = ask(body).response();
        assertThat(response.path("status").textValue()).isEqualTo("OK");
        assertThat(ask(body).response()).as("a replayed request").isEqualTo(response);
        assertThat(status(Packager.requestFor("film-1", "SD"))).isEqualTo("SIGNATURE_FAILED");
    }

    @Test
    void authenticatorForTokens_isRefusedHere_andOneForPackagingElsewhere() throws Exception {
        var here = service.http()
                .post(
                        "/packager/widevine?customerAuthenticator=" + customer.production(),
                        Packager.requestFor("film", "SD"));
        assertThat(here.status()).isEqualTo(401);
        assertThat(here.header("www-authenticate")).isEqualTo("Basic realm=\"playgrant\"");
        assertThat(here.body())
                .isEqualTo(
                        "{\"code\":-2018,\"message\":\"[-2018] Authentication token invalid: customerAuthenticator is"
                                + " for tokens; this call needs one for packaging\"}");
        for (String path : List.of(
                "/hms/wv/token?errorFormat=json&securityLevel=1&hdcpOutputControl=0&kid=%5Efilm&contentKey=00112233445566778899aabbccddeeff",
                "/keystore/keys", "/records?errorFormat=json")) {
            var elsewhere = packager.get(path);
            assertThat(elsewhere.status()).isEqualTo(401);
            assertThat(elsewhere.body())
                    .contains("customerAuthenticator is for packaging; this call needs one for tokens");
        }
        assertThat(service.http()
                        .post(
                                packager.target("/hms/wv/tokens?errorFormat=json"),
                                "{}\n",
                                "Content-Type: application/x-ndjson")
                        .body())
                .contains("customerAuthenticator is for packaging");
    }

    @Test
    void packaging_mustBeOn_inTheEnvironment() throws Exception {
        String test = secret(service.application()
                .accounts()
                .authenticators()
                .add(customer.account(), Environment.TEST, Purpose.PACKAGING)
                .orElseThrow()
                .authenticator()
                .reveal());
        String target = "/packager/widevine?customerAuthenticator=" + test;
        String host = "Host: test.localhost";
        service.awaitAccountChangesRead();
        assertThat(service.http()
                        .post(target, Packager.requestFor("film", "SD"), host)
                        .status())
                .isEqualTo(403);
        service.application().accounts().change(customer.account(), AccountChange.packaging(Environment.TEST, true));
        service.awaitAccountChangesRead();
        JsonNode ofTest = Packager.response(service.http().post(target, Packager.requestFor("film", "SD"), host));
        JsonNode ofProduction = ask(Packager.requestFor("film", "SD")).response();
        assertThat(ofTest.path("tracks").get(0).path("key_id"))
                .isNotEqualTo(ofProduction.path("tracks").get(0).path("key_id"));
    }

    @Test
    void missingAuthenticator_is401() throws Exception {
        assertThat(service.http().post("/packager/widevine", "{}").body()).contains("-2017");
        assertThat(service.http().get(NGINX).status()).isEqualTo(401);
    }

    @Test
    void bodyOverTheLimit_is413() throws Exception {
        assertThat(packager.cpix("x".repeat(256 * 1024 + 1)).status()).isEqualTo(413);
        UUID[] kids = IntStream.range(0, 10_000).mapToObj(i -> new UUID(0, i)).toArray(UUID[]::new);
        assertThat(packager.cpix(Packager.document("film", kids)).status()).isEqualTo(413);
        assertThat(status("x".repeat(64 * 1024 + 1))).isEqualTo("MALFORMED_REQUEST");
    }

    @Test
    void otherMethods_are405() throws Exception {
        var refused = packager.get("/packager/widevine");
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("allow")).isEqualTo("POST");
        assertThat(packager.http().post(packager.target(NGINX), "").header("allow"))
                .isEqualTo("GET");
    }

    @Test
    void speke_isAnsweredWithTheSameKeysAlways() throws Exception {
        String request = Packager.vector("speke-2.0-request.xml");
        var first = packager.cpix(request, "X-Speke-Version: 2.0", "Content-Type: application/xml");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("x-speke-version")).isEqualTo("2.0");
        assertThat(first.header("x-speke-user-agent")).isEqualTo("playgrant");
        assertThat(first.header("content-type")).isEqualTo("application/xml");
        assertThat(first.body()).contains("PlainValue>");
        assertThat(packager.cpix(request, "X-Speke-Version: 2.0").body()).isEqualTo(first.body());
    }

    @Test
    void wrongDocuments_areRefusedWithTheTextOfSpeke() throws Exception {
        String request = Packager.vector("speke-2.0-request.xml");
        assertRefused(packager.cpix(request, "X-Speke-Version: 3.0").body(), "Unsupported SPEKE version");
        assertRefused(
                packager.cpix(request.replaceFirst("contentId=\"[^\"]*\"", ""), "X-Speke-Version: 2.0")
                        .body(),
                "Missing CPIX@contentId");
        packager.cpix(request, "X-Speke-Version: 2.0");
        var other = packager.cpix(
                request.replaceFirst("contentId=\"[^\"]*\"", "contentId=\"other\""), "X-Speke-Version: 2.0");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body()).matches("The key [0-9a-f]{32} belongs to another content");
        assertThat(other.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(packager.cpix("<CPIX").status()).isEqualTo(400);
    }

    @Test
    void nginx_isGivenKnownKeysOnly() throws Exception {
        assertThat(packager.get(NGINX + "?contentId=film&type=SD").status()).isEqualTo(404);
        JsonNode track =
                ask(Packager.requestFor("film", "SD")).response().path("tracks").get(0);
        var answer = packager.get(NGINX + "?contentId=film&type=SD&drm=widevine,playready");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("[{\"pssh\":[{\"data\":\"")
                .contains("\"key\":\"" + track.path("key").textValue() + "\",\"key_id\":\""
                        + track.path("key_id").textValue() + "\"}]");
        String kid = HexFormat.of()
                .formatHex(Base64.getDecoder().decode(track.path("key_id").textValue()));
        assertThat(packager.get(NGINX + "?kid=" + kid + "&drm=widevine,playready")
                        .body())
                .isEqualTo(answer.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?kid=1",
                "?contentId=film",
                "?kid=00112233445566778899aabbccddeeff&contentId=film&type=SD",
                "?contentId=film&type=SD&drm=x",
                "?contentId=film&type=SD&drm=fairplay",
                "?contentId=film&type=SD&scheme=x",
                "?contentId=film&type=SD&iv=1",
                "?contentId=film&contentId=film&type=SD",
            })
    void nginx_isRefusedWrongParameters(String query) throws Exception {
        var refused = packager.get(NGINX + query);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).startsWith("{\"code\":400,");
    }

    @Test
    void documentOfKnownKeys_hasWhatWasDrawn() throws Exception {
        assertThat(packager.get("/packager/cpix/film").status()).isEqualTo(404);
        ask(Packager.requestFor("film", "SD"));
        ask(Packager.requestFor("film", "AUDIO"));
        var document = packager.get("/packager/cpix/film?scheme=cbcs&drm=widevine,playready,fairplay");
        assertThat(document.status()).isEqualTo(200);
        assertThat(document.header("content-type")).isEqualTo("application/xml");
        assertThat(document.body()).contains("contentId=\"film\"").contains("PlainValue>");
        assertThat(packager.get("/packager/cpix/film?kid=00112233445566778899aabbccddeeff")
                        .status())
                .isEqualTo(404);
    }

    private record RawAnswer(int status, String contentType, String cacheControl, JsonNode response) {}

    private RawAnswer ask(String body) throws Exception {
        var answer = packager.widevine(body);
        return new RawAnswer(
                answer.status(),
                answer.header("content-type"),
                answer.header("cache-control"),
                Packager.response(answer));
    }

    private String status(String body) throws Exception {
        RawAnswer answer = ask(body);
        assertThat(answer.status()).isEqualTo(200);
        return answer.response().path("status").textValue();
    }

    private static void assertRefused(String body, String text) {
        assertThat(body).isEqualTo(text);
    }
}
