package io.playgrant.contentkey;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The test vectors of RFC 3394 section 4. */
class Rfc3394Test {

    private static final String KEK_128 = "000102030405060708090A0B0C0D0E0F";
    private static final String KEK_192 = "000102030405060708090A0B0C0D0E0F1011121314151617";
    private static final String KEK_256 = "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F";
    private static final String DATA_128 = "00112233445566778899AABBCCDDEEFF";
    private static final String DATA_192 = "00112233445566778899AABBCCDDEEFF0001020304050607";
    private static final String DATA_256 = "00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F";

    private static final List<Vector> VECTORS = List.of(
            new Vector("4.1", KEK_128, DATA_128, "1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5"),
            new Vector("4.2", KEK_192, DATA_128, "96778B25AE6CA435F92B5B97C050AED2468AB8A17AD84E5D"),
            new Vector("4.3", KEK_256, DATA_128, "64E8C3F9CE0F5BA263E9777905818A2A93C8191E7D6E8AE7"),
            new Vector("4.4", KEK_192, DATA_192, "031D33264E15D33268F24EC260743EDCE1C6C7DDEE725A936BA814915C6762D2"),
            new Vector("4.5", KEK_256, DATA_192, "A8F9BC1612C68B3FF6E6F4FBE30E71E4769C8B80A32CB8958CD5D17D6B254DA1"),
            new Vector(
                    "4.6",
                    KEK_256,
                    DATA_256,
                    "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21"));

    private record Vector(String section, String kek, String keyData, String ciphertext) {

        Kek toKek() {
            return Kek.ofHex(secret(kek));
        }

        byte[] keyDataBytes() {
            return HexFormat.of().parseHex(secret(keyData));
        }

        byte[] ciphertextBytes() {
            return HexFormat.of().parseHex(secret(ciphertext));
        }
    }

    @Test
    void vectors_areCopiedRight() {
        assertThat(VECTORS).extracting(Vector::section).containsExactly("4.1", "4.2", "4.3", "4.4", "4.5", "4.6");
        for (Vector vector : VECTORS) {
            assertThat(vector.ciphertext().length())
                    .as(vector.section())
                    .isEqualTo(vector.keyData().length() + 16);
        }
    }

    @Test
    void wrap_givesTheCiphertextOfEveryVector() {
        List<String> failures = new ArrayList<>();
        for (Vector vector : VECTORS) {
            byte[] wrapped = KeyWrap.wrap(vector.toKek(), vector.keyDataBytes());
            if (!vector.ciphertext().equals(HexFormat.of().withUpperCase().formatHex(wrapped))) {
                failures.add(vector.section());
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void unwrap_givesTheKeyDataOfEveryVector() throws KeyWrapException {
        List<String> failures = new ArrayList<>();
        for (Vector vector : VECTORS) {
            byte[] keyData = KeyWrap.unwrap(vector.toKek(), vector.ciphertextBytes());
            if (!vector.keyData().equals(HexFormat.of().withUpperCase().formatHex(keyData))) {
                failures.add(vector.section());
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void wrapAndUnwrap_ofContentKeysAgreeWithTheVectorsOf16Bytes() throws KeyWrapException {
        for (Vector vector : VECTORS.subList(0, 3)) {
            ContentKey key = ContentKey.ofHex(vector.keyData());
            EncryptedKey wrapped = EncryptedKey.ofHex(vector.ciphertext());
            assertThat(KeyWrap.wrap(vector.toKek(), key)).isEqualTo(wrapped);
            assertThat(KeyWrap.unwrap(vector.toKek(), wrapped)).isEqualTo(key);
        }
    }
}
