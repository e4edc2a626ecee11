package io.playgrant.keystore.held;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.Kek;
import io.playgrant.storage.StorageException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldKeysTest {

    /** RFC 3394, section 4.3: 128 bits of key data with a 256-bit kek. */
    private static final Kek KEK =
            Kek.ofHex(secret("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));

    private static final Kek OTHER_KEK =
            Kek.ofHex(secret("f00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));

    private static final ContentKey KEY = ContentKey.ofHex(secret("00112233445566778899aabbccddeeff"));
    private static final EncryptedKey EK =
            EncryptedKey.ofHex(secret("64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7"));

    private static final String ONE = "1111111111111111";
    private static final String TWO = "2222222222222222";

    private StorageRing ring = ring(Map.of(ONE, KEK), ONE);
    private final HeldKeys held = new HeldKeys(() -> Optional.of(ring), () -> ring);

    private static StorageRing ring(Map<String, Kek> keys, String active) {
        return new StorageRing(keys, Map.of(), active);
    }

    @Test
    void wrap_isThatOfRfc3394() {
        assertThat(held.wrap(KEY, ONE)).isEqualTo(EK);
    }

    @Test
    void open_returnsTheWrappedKey() {
        assertThat(held.open(EK, ONE)).isEqualTo(KEY);
    }

    @Test
    void activeId_followsTheRing() {
        assertThat(held.activeId()).isEqualTo(ONE);
        ring = ring(Map.of(ONE, KEK, TWO, OTHER_KEK), TWO);
        assertThat(held.activeId()).isEqualTo(TWO);
        assertThat(held.open(EK, ONE)).isEqualTo(KEY);
    }

    @Test
    void aKeyThatTheRingDoesNotHave_isAFailureOfTheStorage() {
        assertThat(held.canOpen(TWO)).isFalse();
        assertThatThrownBy(() -> held.open(EK, TWO))
                .isInstanceOf(StorageException.class)
                .hasMessage("The storage ring does not have the key " + TWO);
        assertThatThrownBy(() -> held.wrap(KEY, TWO)).isInstanceOf(StorageException.class);
    }

    @Test
    void aKeyThatDoesNotOpen_isAFailureOfTheStorage() {
        ring = ring(Map.of(ONE, OTHER_KEK), ONE);
        assertThatThrownBy(() -> held.open(EK, ONE))
                .isInstanceOf(StorageException.class)
                .hasMessage("A held key does not open under the key " + ONE + " of the storage ring");
    }

    @Test
    void anOutdatedRing_isReadAgain() {
        HeldKeys late = new HeldKeys(Optional::empty, () -> ring);
        assertThat(late.activeId()).isEqualTo(ONE);
        assertThat(late.open(EK, ONE)).isEqualTo(KEY);
    }

    @Test
    void toString_hasTheIdsOnly() {
        assertThat(ring).hasToString("[" + ONE + "*]");
    }
}
