package io.playgrant.contentkey;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESWrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

class KeyWrapTest {

    private static final String KEK = secret("000102030405060708090a0b0c0d0e0f");
    private static final String OTHER_KEK = secret("000102030405060708090a0b0c0d0e0e");
    private static final String CONTENT_KEY = secret("a9b9033df0b9ca5447839e3d074817a0");
    private static final String WRAPPED = secret("5dbd06c0056b42fe0b8cf406679620c31bd619732730433d");

    private static final int DRAWS = 40;

    private final Random random = new Random(3394);

    @Test
    void wrap_givesTheProtocolsFixture() {
        assertThat(KeyWrap.wrap(Kek.ofHex(KEK), ContentKey.ofHex(CONTENT_KEY))).isEqualTo(EncryptedKey.ofHex(WRAPPED));
    }

    @Test
    void unwrap_givesTheProtocolsFixtures() throws KeyWrapException {
        assertThat(KeyWrap.unwrap(Kek.ofHex(KEK), EncryptedKey.ofHex(WRAPPED)))
                .isEqualTo(ContentKey.ofHex(CONTENT_KEY));
        assertThat(KeyWrap.unwrap(
                        Kek.ofHex(secret("00112233445566778899aabbccddeeff")),
                        EncryptedKey.ofHex(secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986"))))
                .isEqualTo(ContentKey.ofHex(secret("12341234123412341234123412341234")));
    }

    @Test
    void wrapAndUnwrap_agreeWithTheJdkOnRandomKeys() throws GeneralSecurityException, KeyWrapException {
        List<String> failures = new ArrayList<>();
        for (int kekLength : new int[] {16, 24, 32}) {
            for (int length = 16; length <= 64; length += 8) {
                for (int draw = 0; draw < DRAWS; draw++) {
                    byte[] kek = draw(kekLength);
                    byte[] keyData = draw(length);
                    byte[] expected = wrapWithJdk(kek, keyData);
                    secret(HexFormat.of().formatHex(expected));
                    if (!Arrays.equals(KeyWrap.wrap(Kek.of(kek), keyData), expected)
                            || !Arrays.equals(KeyWrap.unwrap(Kek.of(kek), expected), keyData)) {
                        failures.add("kek of " + kekLength + " bytes, data of " + length + ", draw " + draw);
                    }
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void wrap_refusesEveryWrongLength() {
        Kek kek = Kek.ofHex(KEK);
        for (int length = 0; length <= 40; length++) {
            byte[] keyData = new byte[length];
            if (length == 16 || length == 24 || length == 32 || length == 40) {
                assertThat(KeyWrap.wrap(kek, keyData)).hasSize(length + 8);
            } else {
                assertThatThrownBy(() -> KeyWrap.wrap(kek, keyData))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("key data has at least 16 bytes, a multiple of 8, not " + length);
            }
        }
    }

    @Test
    void unwrap_refusesEveryWrongLength() {
        Kek kek = Kek.ofHex(KEK);
        for (int length = 0; length <= 40; length++) {
            byte[] wrapped = new byte[length];
            String message = length == 24 || length == 32 || length == 40
                    ? "the integrity check failed"
                    : "wrapped key data has at least 24 bytes, a multiple of 8, not " + length;
            assertThatThrownBy(() -> KeyWrap.unwrap(kek, wrapped))
                    .isInstanceOf(KeyWrapException.class)
                    .hasMessage(message);
        }
    }

    @Test
    void unwrap_refusesASingleWrappedBlock() {
        byte[] kek = draw(16);
        AESWrapEngine engine = new AESWrapEngine();
        engine.init(true, new KeyParameter(kek));
        byte[] wrapped = engine.wrap(draw(8), 0, 8);
        assertThatThrownBy(() -> KeyWrap.unwrap(Kek.of(kek), wrapped))
                .isInstanceOf(KeyWrapException.class)
                .hasMessage("wrapped key data has at least 24 bytes, a multiple of 8, not 16");
    }

    @Test
    void unwrap_refusesEveryFlippedByte() {
        for (int kekLength : new int[] {16, 24, 32}) {
            Kek kek = Kek.of(draw(kekLength));
            EncryptedKey wrapped = KeyWrap.wrap(kek, ContentKey.of(draw(16)));
            for (int position = 0; position < EncryptedKey.LENGTH; position++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] flipped = wrapped.toByteArray();
                    flipped[position] ^= (byte) (1 << bit);
                    assertThatThrownBy(() -> KeyWrap.unwrap(kek, EncryptedKey.of(flipped)))
                            .isInstanceOf(KeyWrapException.class)
                            .hasMessage("the integrity check failed");
                }
            }
        }
    }

    @Test
    void unwrap_refusesAnotherKek() {
        for (String another : List.of(OTHER_KEK, secret(KEK + "0011223344556677"), secret(KEK + KEK))) {
            assertThatThrownBy(() -> KeyWrap.unwrap(Kek.ofHex(another), EncryptedKey.ofHex(WRAPPED)))
                    .isInstanceOf(KeyWrapException.class)
                    .hasMessage("the integrity check failed")
                    .hasNoCause();
        }
    }

    @Test
    void wrap_leavesItsArgumentsAsTheyWere() {
        Kek kek = Kek.ofHex(KEK);
        ContentKey key = ContentKey.ofHex(CONTENT_KEY);
        KeyWrap.wrap(kek, key);
        assertThat(kek).isEqualTo(Kek.ofHex(KEK));
        assertThat(key).isEqualTo(ContentKey.ofHex(CONTENT_KEY));
    }

    @Test
    void unwrap_leavesItsArgumentsAsTheyWere() throws KeyWrapException {
        Kek kek = Kek.ofHex(KEK);
        EncryptedKey wrapped = EncryptedKey.ofHex(WRAPPED);
        KeyWrap.unwrap(kek, wrapped);
        assertThat(kek).isEqualTo(Kek.ofHex(KEK));
        assertThat(wrapped).isEqualTo(EncryptedKey.ofHex(WRAPPED));
    }

    private byte[] draw(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        secret(HexFormat.of().formatHex(bytes));
        return bytes;
    }

    private static byte[] wrapWithJdk(byte[] kek, byte[] keyData) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/KW/NoPadding");
        cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(kek, "AES"));
        return cipher.wrap(new SecretKeySpec(keyData, "RAW"));
    }
}
