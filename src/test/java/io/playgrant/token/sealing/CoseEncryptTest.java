package io.playgrant.token.sealing;

import static io.playgrant.token.SampleTokens.bytes;
import static io.playgrant.token.SampleTokens.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoseEncryptTest {

    private static final String KEY_ID = "a0a1a2a3a4a5a6a7";
    private static final String SALT = "5a".repeat(32);
    private static final String IV = "000000000000000000000009";
    private static final String CIPHERTEXT = "cc".repeat(20);

    private static final String PROTECTED = "43a10103";
    private static final String UNPROTECTED = "a1054c" + IV;
    private static final String CONTENT = "54" + CIPHERTEXT;
    private static final String RECIPIENT = "8343a10129a20448" + KEY_ID + "335820" + SALT + "40";
    private static final String MESSAGE = "d86084" + PROTECTED + UNPROTECTED + CONTENT + "81" + RECIPIENT;

    @Test
    void encode_isTheCanonicalMessage() {
        assertThat(hex(message().encode())).isEqualTo(MESSAGE);
    }

    @Test
    void decode_readsWhatEncodeWrote() throws MalformedTokenException {
        CoseEncrypt message = CoseEncrypt.decode(bytes(MESSAGE));

        assertThat(hex(message.keyId())).isEqualTo(KEY_ID);
        assertThat(hex(message.salt())).isEqualTo(SALT);
        assertThat(hex(message.iv())).isEqualTo(IV);
        assertThat(hex(message.ciphertext())).isEqualTo(CIPHERTEXT);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "23", "24", "255", "256", "4000"})
    void decode_readsEveryLengthOfContent(int length) throws MalformedTokenException {
        CoseEncrypt message = new CoseEncrypt(bytes(KEY_ID), bytes(SALT), bytes(IV), new byte[length]);

        assertThat(CoseEncrypt.decode(message.encode()).ciphertext()).hasSize(length);
    }

    @Test
    void aad_isTheEncStructure() {
        assertThat(hex(CoseEncrypt.aad())).isEqualTo("83" + "67456e6372797074" + "43a10103" + "40");
    }

    @Test
    void kdfContext_isThatOfA256Gcm() {
        assertThat(hex(CoseEncrypt.kdfContext()))
                .isEqualTo("84" + "03" + "83f6f6f6" + "83f6f6f6" + "82" + "190100" + "43a10129");
    }

    @Test
    void aadAndKdfContext_cannotBeChanged() {
        Arrays.fill(CoseEncrypt.aad(), (byte) 0);
        Arrays.fill(CoseEncrypt.kdfContext(), (byte) 0);

        assertThat(CoseEncrypt.aad()[0]).isEqualTo((byte) 0x83);
        assertThat(CoseEncrypt.kdfContext()[0]).isEqualTo((byte) 0x84);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no tag, d86084, 84",
        "tag of COSE_Encrypt0, d860, d0",
        "tag of COSE_Mac, d860, d861",
        "tag of COSE_Sign, d860, d862",
        "tag of a CWT around it, d860, d83dd860",
        "self-described CBOR, d860, d9d9f7d860",
        "tag twice, d860, d860d860",
        "tag not minimal, d860, d90060",
        "array not minimal, d86084, d8609804",
        "array of three, d86084, d86083",
        "array of five, d86084, d86085",
        "not an array, d86084, d860a4",
        "no protected header, 43a10103, 40",
        "an empty protected header, 43a10103, 41a0",
        "protected header not minimal, 43a10103, 44a1011803",
        "protected header not in bytes, 43a10103, a10103",
        "protected header as text, 43a10103, 63a10103",
        "protected header with more, 43a10103, 45a201030600",
        "A128GCM, 43a10103, 43a10101",
        "A192GCM, 43a10103, 43a10102",
        "AES-CCM, 43a10103, 43a1010a",
        "ChaCha20, 43a10103, 44a1011818",
        "unprotected algorithm, a1054c, a2010305 4c",
        "no IV, a1054c000000000000000000000009, a0",
        "an IV of 11 bytes, a1054c00, a1054b",
        "an IV of 13 bytes, a1054c, a1054d00",
        "an IV as text, a1054c, a1056c",
        "an IV in pieces, a1054c000000000000000000000009, a1055f4c000000000000000000000009ff",
        "a partial IV, a1054c, a1064c",
        "label not minimal, a1054c, a118054c",
        "length of the IV not minimal, a1054c, a105580c",
        "label as text, a1054c, a161354c",
        "headers not minimal, a1054c, b801054c",
        "detached content, 54cccccccccccccccccccccccccccccccccccccccc, f6",
        "content as text, 54cc, 74cc",
        "length of the content not minimal, 54cc, 5814cc",
        "content cut, 54cc, 53cc",
        "recipients not minimal, 818343, 98018343",
        "no recipient, 818343, 808343",
        "recipient of four, 818343, 818443",
        "direct, 43a10129, 43a10125",
        "direct with HKDF-SHA-512, 43a10129, 43a1012a",
        "A256KW, 43a10129, 43a10124",
        "no recipient algorithm, 43a10129, 40",
        "key id as text, a20448, a20468",
        "a short key id, a20448a0, a20447",
        "a long key id, a20448, a2044900",
        "another label than the key id's, a20448, a20348",
        "key id protected, 43a10129a20448a0a1a2a3a4a5a6a7, 4ca201290448a0a1a2a3a4a5a6a7a1",
        "more recipient headers, a20448, a301010448",
        "another label than the salt's, 335820, 345820",
        "a short salt, 3358205a, 33581f",
        "a long salt, 335820, 33582100",
        "length of the salt not minimal, 335820, 33590020",
    })
    void decode_refusesAnyOtherForm(String name, String canonical, String other) {
        assertThat(MESSAGE).containsOnlyOnce(canonical);

        assertRefused(MESSAGE.replace(canonical, other.replace(" ", "")));
    }

    @Test
    void decode_refusesIndefiniteLengths() {
        assertRefused("d8609f" + MESSAGE.substring(6) + "ff");
        assertRefused("d86084" + PROTECTED + "bf054c" + IV + "ff" + CONTENT + "81" + RECIPIENT);
        assertRefused("d86084" + PROTECTED + UNPROTECTED + "5f" + CONTENT + "ff" + "81" + RECIPIENT);
        assertRefused("d86084" + PROTECTED + UNPROTECTED + CONTENT + "9f" + RECIPIENT + "ff");
        assertRefused("d86084" + PROTECTED + UNPROTECTED + CONTENT + "819f" + RECIPIENT.substring(2) + "ff");
    }

    @Test
    void decode_refusesAnotherOrderOfHeaders() {
        assertRefused(MESSAGE.replace("0448" + KEY_ID + "335820" + SALT, "335820" + SALT + "0448" + KEY_ID));
    }

    @Test
    void decode_refusesAHeaderTwice() {
        assertRefused(MESSAGE.replace(UNPROTECTED, "a2" + UNPROTECTED.substring(2) + UNPROTECTED.substring(2)));
    }

    @Test
    void decode_refusesTwoRecipients() {
        assertRefused("d86084" + PROTECTED + UNPROTECTED + CONTENT + "82" + RECIPIENT + RECIPIENT);
    }

    @Test
    void decode_refusesAnEncryptedKeyOfTheRecipient() {
        assertRefused(MESSAGE.substring(0, MESSAGE.length() - 2) + "4100");
        assertRefused(MESSAGE.substring(0, MESSAGE.length() - 2) + "f6");
    }

    @Test
    void decode_refusesAnythingAtTheEnd() {
        assertRefused(MESSAGE + "00");
        assertRefused(MESSAGE + "f6");
        assertRefused(MESSAGE + "ff");
        assertRefused(MESSAGE + MESSAGE);
    }

    @Test
    void decode_refusesEveryTruncation() {
        for (int length = 0; length < MESSAGE.length(); length += 2) {
            assertRefused(MESSAGE.substring(0, length));
        }
    }

    @Test
    void decode_ofAFlippedBitIsRefusedOrKeepsIt() {
        List<Integer> changed = new ArrayList<>();
        byte[] bytes = bytes(MESSAGE);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                if (!Arrays.equals(CoseEncrypt.decode(flipped).encode(), flipped)) {
                    changed.add(bit);
                }
            } catch (MalformedTokenException e) {
                assertThat(e).hasMessageMatching("not (a COSE_Encrypt message of this service|in canonical form)");
            }
        }

        assertThat(changed).isEmpty();
    }

    private static CoseEncrypt message() {
        return new CoseEncrypt(bytes(KEY_ID), bytes(SALT), bytes(IV), bytes(CIPHERTEXT));
    }

    private static void assertRefused(String hex) {
        assertThatExceptionOfType(MalformedTokenException.class)
                .as(hex)
                .isThrownBy(() -> CoseEncrypt.decode(bytes(hex)));
    }
}
