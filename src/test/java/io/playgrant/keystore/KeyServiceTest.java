package io.playgrant.keystore;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyService.Creation;
import io.playgrant.keystore.StoredKeys.Owner;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyServiceTest {

    private static final Instant START = Instant.parse("2026-11-23T04:00:00.987654321Z");
    private static final String NOW = "2026-11-23T04:00:00Z";

    private static final String K = secret("a9b9033df0b9ca5447839e3d074817a0");
    private static final String EK = secret("5dbd06c0056b42fe0b8cf406679620c31bd619732730433d");
    private static final Kek KEK = Kek.ofHex(secret("000102030405060708090a0b0c0d0e0f"));
    private static final Kek OTHER = Kek.ofHex(secret("00112233445566778899aabbccddeeff"));
    private static final String KEK_ID = KekId.of(KEK);
    private static final KeyId KID = KeyId.ofName("kid1");
    private static final String KID_HEX = "80ea8bc8a58f990ad1f76bc665b30bfa";

    private static final Owner OWNER = new Owner(1001, Environment.PRODUCTION);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final InstantSource clock = now::get;
    private final MemoryKeys keys = new MemoryKeys();
    private final KeyService service = new KeyService(keys, clock.withZone(ZoneOffset.UTC), new SecureRandom());

    @Test
    void creation_ofNothing_isRandom() {
        Creation first = create("", KEK);
        Creation second = create("{}", KEK);
        assertThat(first.isNew()).isTrue();
        assertThat(first.key().kid())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(second.key().kid());
        assertThat(first.key().k())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(second.key().k());
        assertThat(first.key().ek()).matches("[0-9a-f]{48}");
        assertThat(first.key().kekId()).isEqualTo(KEK_ID);
        assertThat(first.key().lastUpdate()).isEqualTo(NOW);
        assertThat(service.count(OWNER)).isEqualTo(2);
    }

    /** The kek is the right one for ek, as if a client had guessed the storage ring's key. */
    @Test
    void heldKey_isMarked_andShownWithoutItsValue() {
        holdKey();
        KeyObject shown = new KeyObject(KID_HEX, null, null, null, null, "film", null, START.toString(), true, 3);
        assertThat(service.find(OWNER, KID, null)).contains(shown);
        assertThat(service.read(OWNER, List.of(KID), null)).containsExactly(shown);
        assertThat(service.page(OWNER, null, 10, null)).containsExactly(shown);
        assertThat(service.page(OWNER, null, 10, KEK)).containsExactly(shown);
        assertThat(create("{\"kid\":\"" + KID_HEX + "\"}", null)).isEqualTo(new Creation(shown, false));
    }

    @Test
    void heldKey_isOpenedByNoKek() {
        holdKey();
        String text = "the service holds the key, and no kek opens it";
        assertIncorrectKek(text, () -> service.find(OWNER, KID, KEK));
        assertIncorrectKek(text, () -> service.read(OWNER, List.of(KID), KEK));
        assertIncorrectKek(text, () -> service.readValues(OWNER, List.of(KID), KEK));
        assertIncorrectKek(text, () -> create("{\"kid\":\"" + KID_HEX + "\"}", KEK));
        assertIncorrectKek(text, () -> service.update(OWNER, KID, fields("{\"info\":\"i\"}"), KEK));
        assertInvalid(
                "the service holds the key and does not reveal its value",
                () -> service.readValues(OWNER, List.of(KID), null));
    }

    @Test
    void heldKey_cannotBecomeAnother_butItsOtherMembersChange() {
        holdKey();
        for (String member : List.of("\"ek\":\"" + EK + "\"", "\"k\":\"" + K + "\"", "\"kekId\":\"mine\"")) {
            assertInvalid(
                    "the service holds the key, whose k, ek and kekId cannot be set",
                    () -> service.update(OWNER, KID, fields("{" + member + "}"), null));
        }
        service.update(OWNER, KID, fields("{\"held\":false,\"info\":\"i\",\"contentId\":\"other\"}"), null);
        StoredKey changed = keys.find(OWNER, KID).orElseThrow();
        assertThat(changed.heldBy()).isEqualTo(SampleKeys.RING_KEY);
        assertThat(changed.ek()).isEqualTo(EncryptedKey.ofHex(EK));
        assertThat(changed.info()).isEqualTo("i");
        assertThat(changed.contentId()).isEqualTo("other");
        assertThat(changed.trackType()).isEqualTo(3);
        assertThat(service.holds(OWNER, KID, fields("{\"ek\":\"" + EK + "\"}"), null))
                .isFalse();
    }

    private void holdKey() {
        keys.create(
                OWNER,
                new StoredKey(KID, EncryptedKey.ofHex(EK), "", null, "film", null, START, SampleKeys.RING_KEY, 3));
    }

    @Test
    void creation_ofNothingWithoutKek_isRefused() {
        assertInvalid("a new key needs ek or kek", () -> create("{\"kid\":\"^kid1\"}", null));
        assertThat(service.count(OWNER)).isZero();
    }

    @Test
    void clearKey_isWrapped_section6() {
        KeyObject key = create("{\"kid\":\"^kid1\",\"k\":\"" + K + "\"}", KEK).key();
        assertThat(key).isEqualTo(new KeyObject(KID_HEX, K, EK, KEK_ID, null, null, null, NOW));
        assertInvalid("k needs kek", () -> create("{\"k\":\"" + K + "\"}", null));
    }

    @Test
    void keyInClearAndWrapped_isTaken_ifBothAreTheSame() {
        String both = "{\"kid\":\"^kid1\",\"k\":\"" + K + "\",\"ek\":\"" + EK + "\"}";
        KeyObject key = create(both, KEK).key();
        assertThat(key).isEqualTo(new KeyObject(KID_HEX, K, EK, KEK_ID, null, null, null, NOW));
        assertThat(update(
                        "{\"k\":\"" + K.toUpperCase(Locale.ROOT) + "\",\"ek\":\"" + EK.toUpperCase(Locale.ROOT) + "\"}",
                        KEK))
                .isEqualTo(key);
        assertThat(service.holds(OWNER, KID, fields(both), KEK)).isTrue();
    }

    @Test
    void keyInClearAndWrapped_isRefused_ifTheyDifferOrTheKekDoesNotTell() {
        create("{\"kid\":\"^kid1\",\"k\":\"" + K + "\"}", KEK);
        String both = "{\"k\":\"" + K + "\",\"ek\":\"" + EK + "\"}";
        String different = both.replace(K, secret("a9b9033df0b9ca5447839e3d074817a1"));
        assertInvalid("k and ek are different keys", () -> create(different, KEK));
        assertInvalid("k and ek are different keys", () -> update(different, KEK));
        assertIncorrectKek("the key does not open under kek", () -> create(both, OTHER));
        assertIncorrectKek("the key does not open under kek", () -> update(both, OTHER));
        assertInvalid("k needs kek", () -> create(both, null));
        assertInvalid("k needs kek", () -> update(both, null));
        assertThat(service.count(OWNER)).isEqualTo(1);
    }

    @Test
    void wrappedKey_isKept_withOrWithoutKek() {
        assertThat(create("{\"kid\":\"^kid1\",\"ek\":\"" + EK + "\"}", null).key())
                .isEqualTo(new KeyObject(KID_HEX, null, EK, null, null, null, null, NOW));
        assertThat(create("{\"ek\":\"" + EK + "\"}", KEK).key().k()).isEqualTo(K);
        assertThat(create("{\"ek\":\"" + EK + "\"}", KEK).key().kekId()).isEqualTo(KEK_ID);
        assertIncorrectKek("the key does not open under kek", () -> create("{\"ek\":\"" + EK + "\"}", OTHER));
        assertThat(service.count(OWNER)).isEqualTo(3);
    }

    @Test
    void clientsOwnKekId_isKeptAsItIs() {
        String shortId = KEK_ID.substring(0, 35).toUpperCase(Locale.ROOT);
        assertThat(create("{\"kekId\":\"my KEK\"}", KEK).key().kekId()).isEqualTo("my KEK");
        assertThat(create("{\"kekId\":\"" + shortId + "\"}", KEK).key().kekId()).isEqualTo(shortId);
        assertIncorrectKek("kekId is that of another kek", () -> create("{\"kekId\":\"" + KEK_ID + "\"}", OTHER));
        // Nobody can say whether it is right.
        assertThat(create("{\"kekId\":\"" + KEK_ID + "\",\"ek\":\"" + EK + "\"}", null)
                        .key()
                        .kekId())
                .isEqualTo(KEK_ID);
    }

    @Test
    void existingKey_isAnsweredAsItIs() {
        KeyObject first = create(
                        "{\"kid\":\"^kid1\",\"k\":\"" + K
                                + "\",\"info\":\"i\",\"contentId\":\"c\",\"expiration\":\"2030-01-01T00:00:00Z\"}",
                        KEK)
                .key();
        now.set(START.plusSeconds(10));
        Creation again = create("{\"kid\":\"" + KID_HEX + "\",\"k\":1,\"info\":[],\"expiration\":\"never\"}", KEK);
        assertThat(again).isEqualTo(new Creation(first, false));
        assertThat(first).isEqualTo(new KeyObject(KID_HEX, K, EK, KEK_ID, "i", "c", "2030-01-01T00:00:00Z", NOW));
        assertThat(create("{\"kid\":\"^kid1\"}", null).key()).isEqualTo(withoutK(first));
        assertIncorrectKek("the key does not open under kek", () -> create("{\"kid\":\"^kid1\"}", OTHER));
    }

    @Test
    void update_changesWhatIsGiven() {
        create("{\"kid\":\"^kid1\",\"k\":\"" + K + "\",\"info\":\"i\",\"contentId\":\"c\"}", KEK);
        now.set(START.plusSeconds(10));
        assertThat(update("{\"info\":\"j\"}", null))
                .isEqualTo(new KeyObject(KID_HEX, null, EK, KEK_ID, "j", "c", null, "2026-11-23T04:00:10Z"));
        assertThat(update("{\"contentId\":null,\"kid\":5}", KEK))
                .isEqualTo(new KeyObject(KID_HEX, K, EK, KEK_ID, "j", null, null, "2026-11-23T04:00:10Z"));
        assertThat(update("{\"kekId\":\"mine\"}", null).kekId()).isEqualTo("mine");
        assertThat(update("", KEK).kekId()).isEqualTo("mine");
    }

    @Test
    void update_wrapsAnotherKeyUnderAnotherKek() {
        create("{\"kid\":\"^kid1\"}", KEK);
        KeyObject changed = update("{\"k\":\"" + K + "\"}", OTHER);
        assertThat(changed.k()).isEqualTo(K);
        assertThat(changed.kekId()).isEqualTo(KekId.of(OTHER));
        assertThat(service.read(OWNER, List.of(KID), OTHER)).containsExactly(changed);
        assertThat(update("{\"ek\":\"" + EK + "\"}", null).kekId()).isEqualTo(KekId.of(OTHER));
        assertThat(update("{\"ek\":\"" + EK + "\",\"kekId\":\"mine\"}", null).kekId())
                .isEqualTo("mine");
    }

    @Test
    void update_withAnotherKekAndNoKey_changesNothing() {
        KeyObject before = create("{\"kid\":\"^kid1\"}", KEK).key();
        now.set(START.plusSeconds(10));
        assertIncorrectKek("the key does not open under kek", () -> update("{\"info\":\"j\"}", OTHER));
        assertIncorrectKek("the key does not open under kek", () -> update("{\"ek\":\"" + EK + "\"}", OTHER));
        assertInvalid("k needs kek", () -> update("{\"k\":\"" + K + "\"}", null));
        assertThat(service.read(OWNER, List.of(KID), KEK)).containsExactly(before);
    }

    @Test
    void unknownKey_isNotFound() {
        assertNotFound("no key is stored under kid", () -> update("{}", KEK));
        assertNotFound("no key is stored under kid", () -> service.delete(OWNER, KID));
        assertNotFound("no key is stored under kid", () -> service.read(OWNER, List.of(KID), KEK));
        assertNotFound("no key is stored under kid", () -> service.readValues(OWNER, List.of(KID), null));
    }

    @Test
    void keys_areReadInTheOrderOfTheRequest() {
        KeyObject one = create("{\"kid\":\"^1\"}", KEK).key();
        KeyObject two = create("{\"kid\":\"^2\"}", KEK).key();
        List<KeyId> kids = List.of(KeyId.ofName("2"), KeyId.ofName("1"), KeyId.ofName("2"));
        assertThat(service.read(OWNER, kids, KEK)).containsExactly(two, one, two);
        assertThat(service.read(OWNER, kids, null)).containsExactly(withoutK(two), withoutK(one), withoutK(two));
        assertThat(service.readValues(OWNER, kids, KEK)).containsExactly(two.k(), one.k(), two.k());
        assertThat(service.readValues(OWNER, kids, null))
                .containsExactly("#" + two.ek(), "#" + one.ek(), "#" + two.ek());
        assertIncorrectKek("the key does not open under kek", () -> service.read(OWNER, kids, OTHER));
        assertIncorrectKek("the key does not open under kek", () -> service.readValues(OWNER, kids, OTHER));
    }

    @Test
    void expiredKey_isNotHandedOut_butCanBeSeenAndProlonged() {
        create("{\"kid\":\"^kid1\",\"k\":\"" + K + "\",\"expiration\":\"2026-11-23T05:00:00+01:00\"}", KEK);
        KeyObject shown = new KeyObject(KID_HEX, null, null, KEK_ID, null, null, NOW, NOW);
        assertNotFound("the key under kid has expired", () -> service.read(OWNER, List.of(KID), KEK));
        assertNotFound("the key under kid has expired", () -> service.readValues(OWNER, List.of(KID), null));
        assertThat(create("{\"kid\":\"^kid1\"}", KEK)).isEqualTo(new Creation(shown, false));
        assertThat(service.page(OWNER, null, 10, KEK)).containsExactly(shown);
        assertThat(service.find(OWNER, KID, KEK)).contains(shown);
        assertIncorrectKek("the key does not open under kek", () -> service.find(OWNER, KID, OTHER));
        assertIncorrectKek("the key does not open under kek", () -> create("{\"kid\":\"^kid1\"}", OTHER));
        assertThat(service.count(OWNER)).isEqualTo(1);
        assertThat(update("{\"expiration\":null}", KEK).k()).isEqualTo(K);
        assertThat(service.readValues(OWNER, List.of(KID), KEK)).containsExactly(K);
    }

    @Test
    void page_goesOnAfterAKid_andShowsOtherKeksKeysWrapped() {
        KeyObject mine = create("{\"kid\":\"" + "1".repeat(32) + "\"}", KEK).key();
        KeyObject others = create("{\"kid\":\"" + "2".repeat(32) + "\"}", OTHER).key();
        KeyObject last = create("{\"kid\":\"" + "3".repeat(32) + "\"}", KEK).key();
        assertThat(service.page(OWNER, null, 2, KEK)).containsExactly(mine, withoutK(others));
        assertThat(service.page(OWNER, KeyId.ofHex("2".repeat(32)), 2, KEK)).containsExactly(last);
        assertThat(service.page(OWNER, null, 3, null))
                .containsExactly(withoutK(mine), withoutK(others), withoutK(last));
    }

    @Test
    void deletedKey_isGone() {
        create("{\"kid\":\"^kid1\"}", KEK);
        service.delete(OWNER, KID);
        assertThat(service.count(OWNER)).isZero();
        assertThat(create("{\"kid\":\"^kid1\"}", OTHER).isNew()).isTrue();
    }

    @Test
    void owners_doNotSeeEachOthersKeys() {
        create("{\"kid\":\"^kid1\"}", KEK);
        for (Owner other : List.of(new Owner(1001, Environment.TEST), new Owner(1002, Environment.PRODUCTION))) {
            assertThat(service.count(other)).isZero();
            assertNotFound("no key is stored under kid", () -> service.read(other, List.of(KID), null));
            assertNotFound("no key is stored under kid", () -> service.delete(other, KID));
        }
    }

    private Creation create(String json, @Nullable Kek kek) {
        return service.create(OWNER, fields(json), kek);
    }

    private KeyObject update(String json, @Nullable Kek kek) {
        return service.update(OWNER, KID, fields(json), kek);
    }

    private static KeyFields fields(String json) {
        return KeyFields.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyObject withoutK(KeyObject key) {
        return new KeyObject(
                key.kid(),
                null,
                key.ek(),
                key.kekId(),
                key.info(),
                key.contentId(),
                key.expiration(),
                key.lastUpdate());
    }

    private static void assertInvalid(String details, ThrowingCallable call) {
        assertRefused(ErrorCode.KEYSTORE_INVALID_PARAMETERS, 400, details, call);
    }

    private static void assertNotFound(String details, ThrowingCallable call) {
        assertRefused(ErrorCode.KEYSTORE_INVALID_PARAMETERS, 404, details, call);
    }

    private static void assertIncorrectKek(String details, ThrowingCallable call) {
        assertRefused(ErrorCode.KEYSTORE_INCORRECT_KEK, 400, details, call);
    }

    private static void assertRefused(ErrorCode code, int status, String details, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TokenException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.details()).isEqualTo(details);
        });
    }
}
