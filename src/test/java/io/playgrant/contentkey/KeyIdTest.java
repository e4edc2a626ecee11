package io.playgrant.contentkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeyIdTest {

    private static final String HEX = "80ea8bc8a58f990ad1f76bc665b30bfa";

    @Test
    void ofName_isTheProtocolsFixture() {
        assertThat(KeyId.ofName("kid1")).isEqualTo(KeyId.ofHex(HEX));
    }

    @Test
    void ofName_hashesUtf8() {
        assertThat(KeyId.ofName("Größe 日本 🎬")).hasToString("1712f32e3a2216bd44008e9b5d37cc43");
    }

    @Test
    void ofName_tellsNamesApart() {
        assertThat(KeyId.ofName("film")).isNotEqualTo(KeyId.ofName("Film"));
        assertThat(KeyId.ofName("film")).isNotEqualTo(KeyId.ofName("film "));
    }

    @Test
    void of_refusesEveryOtherLength() {
        for (int length = 0; length <= 40; length++) {
            byte[] bytes = new byte[length];
            if (length == KeyId.LENGTH) {
                assertThat(KeyId.of(bytes).toByteArray()).isEqualTo(bytes);
            } else {
                assertThatThrownBy(() -> KeyId.of(bytes))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("a key id has 16 bytes, not " + length);
            }
        }
    }

    @Test
    void ofHex_refusesEveryOtherLength() {
        for (int digits = 0; digits <= 66; digits++) {
            String hex = "a".repeat(digits);
            if (digits == 32) {
                assertThat(KeyId.ofHex(hex)).hasToString(hex);
            } else {
                assertThatThrownBy(() -> KeyId.ofHex(hex)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void ofHex_refusesWhatIsNotHexadecimal() {
        for (int position = 0; position < 32; position++) {
            String text = HEX.substring(0, position) + "g" + HEX.substring(position + 1);
            assertThatThrownBy(() -> KeyId.ofHex(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void ofHex_takesEitherCase() {
        assertThat(KeyId.ofHex("80EA8BC8A58F990AD1F76BC665B30BFA")).isEqualTo(KeyId.ofHex(HEX));
    }

    @Test
    void toString_isHexadecimalInLowerCase() {
        assertThat(KeyId.ofHex("80EA8BC8A58F990AD1F76BC665B30BFA")).hasToString(HEX);
    }

    @Test
    void equals_comparesTheBytes() {
        assertThat(KeyId.ofHex(HEX)).isEqualTo(KeyId.ofHex(HEX)).hasSameHashCodeAs(KeyId.ofHex(HEX));
        assertThat(KeyId.ofHex(HEX)).isNotEqualTo(KeyId.ofHex("80ea8bc8a58f990ad1f76bc665b30bfb"));
        assertThat(KeyId.ofHex(HEX)).isNotEqualTo(HEX).isNotEqualTo(null);
    }

    @Test
    void bytes_areCopied() {
        byte[] bytes = new byte[KeyId.LENGTH];
        KeyId kid = KeyId.of(bytes);
        bytes[0] = 1;
        kid.toByteArray()[1] = 1;
        assertThat(kid.toByteArray()).isEqualTo(new byte[KeyId.LENGTH]);
    }

    /** Hash tables need it to stay fast with ids that were chosen to collide. */
    @Test
    void order_isThatOfTheUnsignedBytes() {
        KeyId low = KeyId.ofHex("00".repeat(15) + "7f");
        KeyId high = KeyId.ofHex("00".repeat(15) + "80");

        assertThat(low).isLessThan(high).isEqualByComparingTo(KeyId.ofHex(low.toString()));
    }
}
