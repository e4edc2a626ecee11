package io.playgrant.route.packager;

import static io.playgrant.TestSecrets.secret;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.account.Profile;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.RawHttp.Answer;
import io.playgrant.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of packagers that are refused over HTTP, and store nothing. Each test has accounts of its own. */
class PackagerBadInputTest {

    private static final String NGINX = "/packager/nginx-vod";
    private static final String SPEKE_2_0 = "X-Speke-Version: 2.0";
    private static final String WIDEVINE_SYSTEM = "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed";
    private static final String FAIRPLAY_SYSTEM = "94ce86fb-07ff-4f43-adb8-93d2fa968ca2";
    private static final String KEK = secret("606162636465666768696a6b6c6d6e6f");
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;
    private static final UUID CHOSEN = UUID.fromString("9f4a1b3c-5d6e-4f70-8192-a3b4c5d6e7f8");
    private static final UUID NEW = UUID.fromString("0a1b2c3d-4e5f-4061-9273-8495a6b7c8d9");

    @TempDir
    static Path dataDir;

    private static RunningService service;

    private Customer customer;
    private Packager packager;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(dataDir, Map.of());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void newPackager() {
        customer = service.newCustomer(Profile.STRICT);
        packager = packagerOf(customer);
    }

    private static Packager packagerOf(Customer customer) {
        return Packager.of(service.application().accounts(), customer.account(), service.port());
    }

    static Stream<Arguments> badDocuments() throws IOException {
        String speke = Packager.vector("speke-2.0-request.xml");
        UUID[] kids = IntStream.range(0, 1_000).mapToObj(i -> new UUID(0, i)).toArray(UUID[]::new);
        return Stream.of(
                Arguments.of(
                        "cut",
                        speke.substring(0, speke.indexOf("<cpix:DRMSystemList>")),
                        400,
                        "The document is not well-formed XML: line 7, column 3"),
                Arguments.of("deeply nested", "<a>".repeat(10_000), 400, "The elements are nested more than 32 deep"),
                Arguments.of(
                        "an entity bomb",
                        "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;'>]>"
                                + "<a>&c;</a>",
                        400,
                        "Document types are not accepted"),
                Arguments.of(
                        "an external entity",
                        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
                        400,
                        "Document types are not accepted"),
                Arguments.of(
                        "1,000 kids",
                        Packager.document("film", kids),
                        422,
                        "The document has more than 100 ContentKey"),
                Arguments.of(
                        "another version of CPIX",
                        speke.replace("version=\"2.3\"", "version=\"2.2\""),
                        422,
                        "Unsupported CPIX@version"),
                Arguments.of(
                        "FairPlay with cenc",
                        speke.replace("\"cbcs\"", "\"cenc\""),
                        422,
                        "ContentKey@commonEncryptionScheme non compatible with DRMSystem " + FAIRPLAY_SYSTEM),
                Arguments.of(
                        "a kid that is no UUID",
                        speke.replace(CHOSEN.toString(), "film"),
                        422,
                        "ContentKey@kid is not a UUID"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badDocuments")
    void badDocument_isRefusedAsDocumented(String name, String document, int status, String text) throws Exception {
        boolean isSpeke = document.contains(WIDEVINE_SYSTEM);
        assertRefused(isSpeke ? packager.cpix(document, SPEKE_2_0) : packager.cpix(document), status, text);
        assertNothingStored(customer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "2.2", "3.0", "2"})
    void otherVersionOfSpeke_isRefused(String version) throws Exception {
        Answer refused = packager.cpix(Packager.vector("speke-2.0-request.xml"), "X-Speke-Version: " + version);
        assertRefused(refused, 422, "Unsupported SPEKE version");
        assertNothingStored(customer);
    }

    static Stream<Arguments> badCertificates() {
        return Stream.of(
                Arguments.of(
                        TestCertificate.create("RSA", Instant.now().minus(Duration.ofDays(9)), Duration.ofDays(8)),
                        "X509Certificate has expired or is not valid yet"),
                Arguments.of(
                        TestCertificate.create("RSA", Instant.now().plus(Duration.ofDays(1)), Duration.ofDays(8)),
                        "X509Certificate has expired or is not valid yet"),
                Arguments.of(
                        TestCertificate.ofRsaKey(1024), "X509Certificate must have an RSA key of 2048 to 8192 bits"),
                Arguments.of(TestCertificate.create("EC"), "X509Certificate has no RSA key"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("badCertificates")
    void certificateThatIsNotAcceptable_isRefused(TestCertificate recipient, String text) throws Exception {
        String base64 =
                Base64.getEncoder().encodeToString(recipient.certificate().getEncoded());
        String document = Packager.vector("cpix-2.3-encrypted-request.xml")
                .replaceFirst("(<ds:X509Certificate>)[^<]+", "$1" + base64);
        assertRefused(packager.cpix(document), 422, text);
        assertNothingStored(customer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/packager/cpix", "/packager/widevine"})
    void tenMegabytes_areRefused_withAndWithoutALength(String path) throws Exception {
        String body = "x".repeat(TEN_MEGABYTES);
        assertThat(packager.http().post(packager.target(path), body).status()).isEqualTo(413);
        byte[] chunked = (Integer.toHexString(TEN_MEGABYTES) + "\r\n" + body + "\r\n0\r\n\r\n").getBytes(UTF_8);
        assertThat(packager.http()
                        .send("POST", packager.target(path), chunked, "Transfer-Encoding: chunked")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void documentWithoutLength_isAnswered() throws Exception {
        Answer answer = packager.cpixInChunks(Packager.document("film", CHOSEN));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Packager.plainValues(answer)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/packager/cpix", "/packager/widevine"})
    void brokenChunks_areRefusedOrCutOff(String path) throws Exception {
        byte[] broken = "10\r\n<CPIX xmlns='urn:\r\nzz\r\n".getBytes(UTF_8);
        try {
            Answer answer = packager.http().send("POST", packager.target(path), broken, "Transfer-Encoding: chunked");
            assertThat(answer.status()).isEqualTo(400);
        } catch (IOException cutOff) {
            // Nothing came back: as good a refusal.
        }
        assertNothingStored(customer);
    }

    @Test
    void textThatIsNotUtf8_isRefused() throws Exception {
        byte[] document = Packager.document("fülm", CHOSEN).getBytes(ISO_8859_1);
        assertThat(post("/packager/cpix", document).status()).isEqualTo(400);
        byte[] json = "{\"request\":\"e30=\",\"signer\":\"fülm\"}".getBytes(ISO_8859_1);
        assertStatus(post("/packager/widevine", json), "MALFORMED_REQUEST");
        String inner = Base64.getEncoder()
                .encodeToString("{\"content_id\":\"Zmlsbg==\",\"policy\":\"ü\",\"tracks\":[{\"type\":\"SD\"}]}"
                        .getBytes(ISO_8859_1));
        assertStatus(packager.widevine("{\"request\":\"" + inner + "\"}"), "MALFORMED_REQUEST");
        assertThat(packager.get("/packager/cpix/%FF").status()).isEqualTo(400);
        assertThat(packager.get(NGINX + "?contentId=%FF&type=SD").status()).isEqualTo(400);
        assertNothingStored(customer);
    }

    @Test
    void contentIdThatIsNotUtf8_isHexadecimalDigits() throws Exception {
        String request = Packager.request("{\"content_id\":\"+/8=\",\"tracks\":[{\"type\":\"SD\"}]}");
        assertStatus(packager.widevine(request), "OK");
        assertThat(packager.get("/packager/cpix/fbff").status()).isEqualTo(200);
    }

    @Test
    void keyOfAnotherAccount_isNeitherFoundNorShared() throws Exception {
        Customer other = service.newCustomer(Profile.STRICT);
        Packager stranger = packagerOf(other);
        Answer own = packager.cpix(Packager.document("film", CHOSEN));
        String key = Packager.plainValues(own).get(0);

        assertThat(stranger.get(NGINX + "?kid=" + CHOSEN).status()).isEqualTo(404);
        assertThat(stranger.get("/packager/cpix/film").status()).isEqualTo(404);
        assertStatus(stranger.widevine(requestByBox(CHOSEN)), "ASSET_NOT_FOUND");
        assertNothingStored(other);
        assertThat(Packager.plainValues(stranger.cpix(Packager.document("film", CHOSEN))))
                .hasSize(1)
                .noneMatch(key::equals);
        assertThat(Packager.plainValues(packager.cpix(Packager.document("film", CHOSEN))))
                .allMatch(key::equals);
    }

    @Test
    void kidOfAnotherContent_isRefused_withAllKeysOfTheRequest() throws Exception {
        assertThat(packager.cpix(Packager.document("film", CHOSEN)).status()).isEqualTo(200);

        Answer refused = packager.cpix(Packager.document("other", NEW, CHOSEN));
        assertRefused(refused, 422, "The key " + hex(CHOSEN) + " belongs to another content");
        assertThat(rows("stored_key", customer)).isEqualTo(1);
        assertThat(rows("packager_key", customer)).isEqualTo(1);
        assertThat(packager.get(NGINX + "?kid=" + NEW).status()).isEqualTo(404);
    }

    @Test
    void keyThatAClientWrapped_isRefused_withAllKeysOfTheRequest() throws Exception {
        Answer created = service.http()
                .post(
                        "/keystore/keys?customerAuthenticator=" + customer.production() + "&kek=" + KEK,
                        "{\"kid\":\"" + hex(CHOSEN) + "\",\"contentId\":\"film\"}");
        assertThat(created.status()).isEqualTo(201);

        Answer refused = packager.cpix(Packager.document("film", NEW, CHOSEN));
        assertRefused(
                refused, 422, "The key " + hex(CHOSEN) + " is wrapped by a client's kek and cannot be opened here");
        assertStatus(packager.widevine(requestByBox(CHOSEN)), "ASSET_NOT_FOUND");
        assertThat(packager.get(NGINX + "?kid=" + CHOSEN).status()).isEqualTo(404);
        assertThat(packager.get("/packager/cpix/film").status()).isEqualTo(404);
        assertThat(rows("stored_key", customer)).isEqualTo(1);
        assertThat(rows("packager_key", customer)).isZero();
    }

    /** A request for the key of a file, whose box has a key id. */
    private static String requestByBox(UUID kid) {
        byte[] data = HexFormat.of().parseHex("1210" + hex(kid));
        return Packager.request(
                "{\"pssh_data\":\"" + Base64.getEncoder().encodeToString(data) + "\",\"tracks\":[{\"type\":\"SD\"}]}");
    }

    private static String hex(UUID kid) {
        return kid.toString().replace("-", "");
    }

    private Answer post(String path, byte[] body) throws IOException {
        return packager.http().send("POST", packager.target(path), body, "Content-Length: " + body.length);
    }

    private static void assertRefused(Answer answer, int status, String text) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.body()).isEqualTo(text);
    }

    private static void assertStatus(Answer answer, String status) throws IOException {
        assertThat(answer.status()).isEqualTo(200);
        JsonNode response = Packager.response(answer);
        assertThat(response.path("status").textValue()).isEqualTo(status);
    }

    private static void assertNothingStored(Customer customer) {
        assertThat(rows("stored_key", customer)).isZero();
        assertThat(rows("packager_key", customer)).isZero();
    }

    private static int rows(String table, Customer customer) {
        return service.application()
                .database()
                .withHandle(handle -> handle.createQuery("select count(*) from <table> where account = :account")
                        .define("table", table)
                        .bind("account", customer.account())
                        .mapTo(Integer.class)
                        .one());
    }
}
