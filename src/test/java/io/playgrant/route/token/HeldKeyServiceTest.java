package io.playgrant.route.token;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.HeldSamples;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.RawHttp.Answer;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenOpener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens for keys that the service holds, asked for with kid alone or contentId alone. */
class HeldKeyServiceTest {

    private static final String KEY = secret("5a5a11115a5a22225a5a33335a5a4444");
    private static final String OTHER_KEY = secret("6b6b11116b6b22226b6b33336b6b4444");
    private static final String KEK = secret("7c7c11117c7c22227c7c33337c7c4444");
    private static final String EK = secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986");
    private static final KeyId ONE = KeyId.ofName("one");
    private static final KeyId TWO = KeyId.ofName("two");

    private static final String MISSING = "{\"code\":-2005,\"message\":\"[-2005] Invalid content encryption key: one of"
            + " these is required: contentKey; kek and ek; kek of a stored key; kid of a key that the service holds\"}";

    @TempDir
    private Path data;

    private RunningService service;
    private Customer customer;
    private Owner owner;

    @BeforeEach
    void start() throws Exception {
        service = RunningService.start(data, Map.of());
        use(Profile.STRICT);
    }

    private void use(Profile profile) {
        customer = service.newCustomer(profile);
        owner = new Owner(customer.account(), Environment.PRODUCTION);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void kidAlone_isEnoughForAHeldKey(Profile profile) throws Exception {
        use(profile);
        hold(ONE, KEY, null, 3);
        String rules = profile == Profile.STRICT ? "&securityLevel=3&hdcpOutputControl=2" : "";
        List<TokenKey> keys = open(ask("kid=%5Eone" + rules));
        assertThat(keys).hasSize(1);
        assertThat(keys.get(0).kid()).isEqualTo(ONE);
        assertThat(keys.get(0).contentKey().revealHex()).isEqualTo(KEY);
        assertThat(keys.get(0).trackType().number()).isEqualTo(3);
        assertThat(keys.get(0).securityLevel().number()).isEqualTo(profile == Profile.STRICT ? 3 : 1);
        assertThat(keys.get(0).hdcpOutputControl().number()).isEqualTo(profile == Profile.STRICT ? 2 : 0);
    }

    @Test
    void kidAlone_takesTheTrackTypeOfTheRequest() throws Exception {
        hold(ONE, KEY, null, 3);
        assertThat(open(askStrictly("kid=%5Eone&trackType=2"))
                        .get(0)
                        .trackType()
                        .number())
                .isEqualTo(2);
    }

    @Test
    void heldAndClearKeys_goIntoOneToken() throws Exception {
        hold(ONE, KEY, null, null);
        List<TokenKey> keys = open(askStrictly("kid.0=%5Etwo&contentKey.0=" + OTHER_KEY + "&kid.1=%5Eone"));
        assertThat(keys).extracting(TokenKey::kid).containsExactly(TWO, ONE);
        assertThat(keys).extracting(key -> key.contentKey().revealHex()).containsExactly(OTHER_KEY, KEY);
    }

    @Test
    void kidAlone_ofAnUnknownOrClientWrappedKey_isMinus2005() throws Exception {
        assertRefused(askStrictly("kid=%5Eone"), 400, MISSING);
        service.application()
                .storedKeys()
                .create(owner, new StoredKey(ONE, EncryptedKey.ofHex(EK), "#1.", null, null, null, Instant.now()));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertRefused(askStrictly("kid=%5Eone"), 400, MISSING));
    }

    @Test
    void kidAlone_ofAnotherAccountOrEnvironment_isMinus2005() throws Exception {
        hold(ONE, KEY, null, null);
        use(Profile.STRICT);
        assertRefused(askStrictly("kid=%5Eone"), 400, MISSING);
        owner = new Owner(customer.account(), Environment.TEST);
        hold(ONE, KEY, null, null);
        assertRefused(askStrictly("kid=%5Eone"), 400, MISSING);
    }

    @Test
    void kidAlone_ofAnExpiredKey_isMinus4019() throws Exception {
        HeldSamples.hold(
                service.application(), owner, ONE, KEY, null, 1, Instant.now().minusSeconds(1));
        assertRefused(askStrictly("kid=%5Eone"), 400, lookup("the key that is stored under kid has expired"));
    }

    @Test
    void kek_doesNotOpenAHeldKey() throws Exception {
        hold(ONE, KEY, null, null);
        assertRefused(
                askStrictly("kid=%5Eone&kek=" + KEK),
                400,
                "{\"code\":-4024,\"message\":\"[-4024] Invalid encrypted key or kek: the service holds the key under"
                        + " kid; it opens under no kek, so leave out kek\"}");
    }

    @Test
    void keystore_showsThatAKeyIsHeld_andNeverItsValue() throws Exception {
        hold(ONE, KEY, "film", 3);
        assertThat(askKeystore("/keys/" + ONE, "").body())
                .matches("\\{\"kid\":\"" + ONE + "\",\"contentId\":\"film\",\"lastUpdate\":\"[^\"]+\",\"held\":true,"
                        + "\"trackType\":3}");
        assertThat(askKeystore("/keys", "&kek=" + KEK).body())
                .contains("\"held\":true")
                .doesNotContain("\"ek\"");
        assertRefused(
                askKeystore("/keys/" + ONE + "/value", ""),
                400,
                "{\"code\":2,\"message\":\"[2] Invalid parameters: the service holds the key and does not reveal its"
                        + " value\"}");
        for (String path : List.of("/keys/" + ONE, "/keys/" + ONE + "/value")) {
            assertRefused(
                    askKeystore(path, "&kek=" + KEK),
                    400,
                    "{\"code\":5,\"message\":\"[5] Incorrect KEK: the service holds the key, and no kek opens it\"}");
        }
    }

    private Answer askKeystore(String path, String query) throws IOException {
        return service.http().get("/keystore" + path + "?customerAuthenticator=" + customer.production() + query);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void contentIdAlone_makesATokenOfAllItsKeys(Profile profile) throws Exception {
        use(profile);
        hold(ONE, KEY, "film", 0);
        hold(TWO, OTHER_KEY, "film", 2);
        hold(KeyId.ofName("three"), KEY, "another film", 1);
        HeldSamples.hold(
                service.application(),
                owner,
                KeyId.ofName("four"),
                KEY,
                "film",
                1,
                Instant.now().minusSeconds(1));
        List<TokenKey> keys = open(askStrictly("contentId=film&trackType=4"));
        assertThat(keys)
                .extracting(
                        TokenKey::kid,
                        key -> key.contentKey().revealHex(),
                        key -> key.trackType().number())
                .containsExactlyInAnyOrder(tuple(ONE, KEY, 0), tuple(TWO, OTHER_KEY, 2));
        assertThat(keys).allMatch(key -> key.securityLevel().number() == 1);
    }

    @Test
    void keyWithoutATrackType_takesThatOfTheRequest() throws Exception {
        hold(ONE, KEY, "film", null);
        assertThat(open(askStrictly("contentId=film&trackType=4"))
                        .get(0)
                        .trackType()
                        .number())
                .isEqualTo(4);
        assertThat(open(askStrictly("contentId=film")).get(0).trackType().number())
                .isEqualTo(1);
    }

    @Test
    void unknownContent_isMinus4019_untilItHasAKey() throws Exception {
        String refusal = lookup("the service holds no current key of this contentId");
        assertRefused(askStrictly("contentId=film"), 400, refusal);
        hold(ONE, KEY, "film", 0);
        assertThat(open(askStrictly("contentId=film"))).hasSize(1);
        service.application().storedKeys().delete(owner, ONE);
        assertRefused(askStrictly("contentId=film"), 400, refusal);
        use(Profile.STRICT);
        assertRefused(askStrictly("contentId=film"), 400, refusal);
    }

    @Test
    void sixteenKeysFit_andSeventeenAreMinus7009() throws Exception {
        for (int i = 0; i < 16; i++) {
            hold(KeyId.ofName("kid " + i), KEY, "film", 1);
        }
        assertThat(open(askStrictly("contentId=film"))).hasSize(16);
        hold(KeyId.ofName("one more"), KEY, "film", 1);
        assertRefused(
                askStrictly("contentId=film"),
                400,
                "{\"code\":-7009,\"message\":\"[-7009] Invalid WVExtension parameters specified: contentId has more"
                        + " than 16 current keys, and a token has no room for more; name some of them by kid.N\"}");
    }

    @Test
    void contentIdWithKeyMaterialOrIndexes_needsAKid() throws Exception {
        hold(ONE, KEY, "film", 0);
        for (String more : List.of("contentKey=" + KEY, "kek=" + KEK, "ek=" + EK, "securityLevel.0=1")) {
            assertThat(askStrictly("contentId=film&" + more).body()).contains("\"code\":-4018");
        }
    }

    @Test
    void changesByAnotherProcess_areSeenWithin5Seconds() throws Exception {
        hold(ONE, KEY, "film", 0);
        assertThat(open(askStrictly("contentId=film"))).hasSize(1);
        try (Application other = RunningService.openApplication(data, Map.of())) {
            HeldSamples.hold(other, owner, TWO, OTHER_KEY, "film", 1);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> open(askStrictly("contentId=film")).size() == 2);
            other.storedKeys().delete(owner, ONE);
        }
        await().atMost(Duration.ofSeconds(5))
                .until(() -> open(askStrictly("contentId=film")).size() == 1);
    }

    @Test
    void databaseOutOfReach_is503_butNotForKeysInMemory() throws Exception {
        hold(ONE, KEY, "film", 0);
        // Otherwise the cache may drop the key once more, when it reads the log of changes.
        service.close();
        service = RunningService.start(data, Map.of());
        assertThat(open(askStrictly("contentId=film"))).hasSize(1);
        assertThat(open(askStrictly("kid=%5Eone"))).hasSize(1);
        service.application().database().close();
        assertThat(open(askStrictly("contentId=film"))).hasSize(1);
        assertThat(open(askStrictly("kid=%5Eone"))).hasSize(1);
        String away = lookup("the key storage is out of reach, try again later");
        assertRefused(askStrictly("contentId=other"), 503, away);
        assertRefused(askStrictly("kid=%5Eother"), 503, away);
    }

    private void hold(KeyId kid, String key, @Nullable String contentId, @Nullable Integer trackType) {
        HeldSamples.hold(service.application(), owner, kid, key, contentId, trackType);
    }

    private Answer askStrictly(String query) throws IOException {
        return ask(query + (query.contains("securityLevel") ? "" : "&securityLevel=1") + "&hdcpOutputControl=0");
    }

    private Answer ask(String query) throws IOException {
        return service.http()
                .get("/hms/wv/token?customerAuthenticator=" + customer.production() + "&errorFormat=json&" + query);
    }

    private List<TokenKey> open(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        String token = answer.body().substring(answer.body().indexOf('=') + 1);
        return new TokenOpener(service.application().keyRing()).open(token).keys();
    }

    private static String lookup(String details) {
        return "{\"code\":-4019,\"message\":\"[-4019] Failed to get content key from key storage service: " + details
                + "\"}";
    }

    private static void assertRefused(Answer answer, int status, String body) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.status()).isEqualTo(status);
    }
}
