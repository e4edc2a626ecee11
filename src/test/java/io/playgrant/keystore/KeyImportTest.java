package io.playgrant.keystore;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.KeyImport.Kind;
import io.playgrant.keystore.KeyImport.Outcome;
import io.playgrant.keystore.StoredKeys.Owner;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyImportTest {

    private static final String K = secret("a9b9033df0b9ca5447839e3d074817a0");
    private static final String EK = secret("5dbd06c0056b42fe0b8cf406679620c31bd619732730433d");
    private static final String OTHER_EK = secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986");
    private static final Kek KEK = Kek.ofHex(secret("000102030405060708090a0b0c0d0e0f"));
    private static final Owner OWNER = new Owner(1001, Environment.PRODUCTION);

    private static final Outcome IMPORTED = new Outcome(Kind.IMPORTED, "");
    private static final Outcome PRESENT = new Outcome(Kind.PRESENT, "");
    private static final Outcome ANOTHER =
            Outcome.refused("a different key, or the same key under a different kek, is already stored under its kid");

    private final MemoryKeys keys = new MemoryKeys();
    private final KeyService service = new KeyService(keys, Clock.systemUTC(), new SecureRandom());

    @Test
    void wrappedKeys_areStored_andPresentTheNextTime() {
        String one = wrapped("one", EK);
        String two = wrapped("two", OTHER_EK);
        assertThat(store(null, one, two)).containsExactly(IMPORTED, IMPORTED);
        assertThat(store(null, two, one, wrapped("three", EK))).containsExactly(PRESENT, PRESENT, IMPORTED);
        assertThat(keys.count(OWNER)).isEqualTo(3);
        assertThat(service.find(OWNER, KeyId.ofName("one"), KEK))
                .map(KeyObject::k)
                .contains(K);
    }

    @Test
    void clearKeys_areWrapped_andAreTheSameAsWrappedOnes() {
        assertThat(store(
                        KEK,
                        "{\"kid\":\"^one\",\"k\":\"" + K + "\",\"info\":\"i\",\"contentId\":\"c\","
                                + "\"expiration\":\"2999-01-01T00:00:00Z\",\"kekId\":\"mine\"}"))
                .containsExactly(IMPORTED);
        KeyObject stored = service.find(OWNER, KeyId.ofName("one"), null).orElseThrow();
        assertThat(stored.ek()).isEqualTo(EK);
        assertThat(stored.info()).isEqualTo("i");
        assertThat(stored.contentId()).isEqualTo("c");
        assertThat(stored.expiration()).isEqualTo("2999-01-01T00:00:00Z");
        assertThat(stored.kekId()).isEqualTo("mine");
        assertThat(store(null, wrapped("one", EK))).containsExactly(PRESENT);
        assertThat(service.find(OWNER, KeyId.ofName("one"), null)).contains(stored);
    }

    @Test
    void exportedKeys_areStored_ifTheyOpenToWhatStandsBesideThem() {
        String exported =
                "{\"kid\":\"^one\",\"k\":\"" + K + "\",\"ek\":\"" + EK + "\",\"lastUpdate\":\"2021-09-22T22:42:48Z\"}";
        String other = "{\"kid\":\"^two\",\"k\":\"" + K + "\",\"ek\":\"" + OTHER_EK + "\"}";
        assertThat(store(KEK, exported, exported, other, exported.replace(K, secret("f".repeat(32)))))
                .containsExactly(
                        IMPORTED,
                        PRESENT,
                        Outcome.refused("the key does not open under kek"),
                        Outcome.refused("k and ek are different keys"));
        assertThat(store(null, exported)).containsExactly(Outcome.refused("k needs kek"));
    }

    @Test
    void anotherKeyUnderAKnownKid_isRefused_evenInTheSameRun() {
        assertThat(store(null, wrapped("one", EK), wrapped("one", EK), wrapped("one", OTHER_EK)))
                .containsExactly(IMPORTED, PRESENT, ANOTHER);
        assertThat(store(null, wrapped("one", OTHER_EK))).containsExactly(ANOTHER);
        assertThat(service.find(OWNER, KeyId.ofName("one"), null))
                .map(KeyObject::ek)
                .contains(EK);
    }

    @Test
    void whatIsMissingOrWrong_isRefused_andTheRestIsStored() {
        assertThat(store(
                        null,
                        "{\"ek\":\"" + EK + "\"}",
                        "{\"kid\":\"^one\"}",
                        "{\"kid\":\"^one\",\"ek\":null}",
                        "{\"kid\":\"one\",\"ek\":\"" + EK + "\"}",
                        "{\"kid\":\"^one\",\"k\":\"" + K + "\"}",
                        wrapped("two", EK.substring(1)),
                        wrapped("three", EK)))
                .containsExactly(
                        Outcome.refused("kid is missing"),
                        Outcome.refused("ek or k is missing"),
                        Outcome.refused("ek or k is missing"),
                        Outcome.refused("kid must be 32 hexadecimal digits, or ^ and 1 to 64 characters"),
                        Outcome.refused("k needs kek"),
                        Outcome.refused("ek must be 48 hexadecimal digits"),
                        IMPORTED);
        assertThat(keys.count(OWNER)).isEqualTo(1);
    }

    @Test
    void nothingIsDrawnAtRandom() {
        assertThat(store(KEK, "{\"kid\":\"^one\"}", "{}"))
                .containsExactly(Outcome.refused("ek or k is missing"), Outcome.refused("ek or k is missing"));
    }

    @Test
    void wrappedKeyThatDoesNotOpenUnderTheKek_isRefused() {
        assertThat(store(KEK, wrapped("one", OTHER_EK), wrapped("one", EK)))
                .containsExactly(Outcome.refused("the key does not open under kek"), IMPORTED);
    }

    @Test
    void nothing_isStoredOfNothing() {
        assertThat(store(KEK)).isEmpty();
    }

    private static String wrapped(String name, String ek) {
        return "{\"kid\":\"^" + name + "\",\"ek\":\"" + ek + "\"}";
    }

    private List<Outcome> store(@Nullable Kek kek, String... json) {
        return new KeyImport(keys, service, OWNER, kek)
                .store(Arrays.stream(json)
                        .map(text -> KeyFields.read(text.getBytes(StandardCharsets.UTF_8)))
                        .toList());
    }
}
