package io.playgrant.contentkey;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What content keys, keks and wrapped keys have in common. */
class SecretBytesTest {

    private static final int LONGEST = 70;

    static final List<Kind> KINDS = List.of(
            new Kind("content key", Set.of(16), "a content key has 16 bytes, not ", ContentKey::of, ContentKey::ofHex),
            new Kind("kek", Set.of(16, 24, 32), "a kek has 16, 24 or 32 bytes, not ", Kek::of, Kek::ofHex),
            new Kind(
                    "wrapped key",
                    Set.of(24),
                    "a wrapped content key has 24 bytes, not ",
                    EncryptedKey::of,
                    EncryptedKey::ofHex));

    record Kind(
            String label,
            Set<Integer> lengths,
            String message,
            Function<byte[], SecretBytes> ofBytes,
            Function<String, SecretBytes> ofHex) {

        @Override
        public String toString() {
            return label;
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void of_refusesEveryOtherLength(Kind kind) {
        for (int length = 0; length <= LONGEST; length++) {
            byte[] bytes = draw(length);
            if (kind.lengths().contains(length)) {
                assertThat(kind.ofBytes().apply(bytes).toByteArray()).isEqualTo(bytes);
            } else {
                assertThatThrownBy(() -> kind.ofBytes().apply(bytes))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(kind.message() + length)
                        .hasNoCause();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void ofHex_refusesEveryOtherLengthWithoutQuotingIt(Kind kind) {
        for (int digits = 0; digits <= 2 * LONGEST; digits++) {
            String hex = HexFormat.of().formatHex(draw(LONGEST)).substring(0, digits);
            if (digits % 2 != 0) {
                assertThatThrownBy(() -> kind.ofHex().apply(hex))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("an odd number of hexadecimal digits")
                        .hasNoCause();
            } else if (kind.lengths().contains(digits / 2)) {
                assertThat(kind.ofHex().apply(secret(hex)).toByteArray())
                        .isEqualTo(HexFormat.of().parseHex(hex));
            } else {
                assertThatThrownBy(() -> kind.ofHex().apply(hex))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(kind.message() + digits / 2)
                        .hasNoCause();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void ofHex_refusesWhatIsNotHexadecimalWithoutQuotingIt(Kind kind) {
        for (int length : kind.lengths()) {
            String hex = secret(HexFormat.of().formatHex(draw(length)));
            for (String wrong : List.of("g", "G", " ", "-", "\0", "é", "٣", "０")) {
                for (int position = 0; position < hex.length(); position++) {
                    String text = hex.substring(0, position) + wrong + hex.substring(position + 1);
                    assertThatThrownBy(() -> kind.ofHex().apply(text))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("not hexadecimal at position " + position)
                            .hasNoCause();
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void ofHex_takesEitherCase(Kind kind) {
        for (int length : kind.lengths()) {
            byte[] bytes = draw(length);
            String lower = secret(HexFormat.of().formatHex(bytes));
            String upper = secret(HexFormat.of().withUpperCase().formatHex(bytes));
            assertThat(kind.ofHex().apply(upper)).isEqualTo(kind.ofHex().apply(lower));
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void toString_tellsNothing(Kind kind) {
        for (int length : kind.lengths()) {
            assertThat(kind.ofBytes().apply(draw(length))).hasToString("***");
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void hashCode_tellsNothing(Kind kind) {
        for (int length : kind.lengths()) {
            assertThat(kind.ofBytes().apply(draw(length)))
                    .hasSameHashCodeAs(kind.ofBytes().apply(draw(length)));
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void equals_comparesEveryByte(Kind kind) {
        for (int length : kind.lengths()) {
            byte[] bytes = draw(length);
            SecretBytes one = kind.ofBytes().apply(bytes);
            assertThat(one).isEqualTo(kind.ofBytes().apply(bytes));
            for (int position = 0; position < length; position++) {
                byte[] other = bytes.clone();
                other[position] ^= 1;
                assertThat(one).isNotEqualTo(kind.ofBytes().apply(other));
            }
            assertThat(one).isNotEqualTo(null).isNotEqualTo("***");
        }
    }

    @Test
    void equals_tellsKindsApart() {
        byte[] bytes = draw(16);
        assertThat(ContentKey.of(bytes)).isNotEqualTo(Kek.of(bytes));
        byte[] longer = draw(24);
        assertThat(EncryptedKey.of(longer)).isNotEqualTo(Kek.of(longer));
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void bytes_areCopied(Kind kind) {
        for (int length : kind.lengths()) {
            byte[] bytes = draw(length);
            byte[] given = bytes.clone();
            SecretBytes one = kind.ofBytes().apply(given);
            given[0] ^= 1;
            one.toByteArray()[1] ^= 1;
            assertThat(one.toByteArray()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void wipe_leavesZeros(Kind kind) {
        for (int length : kind.lengths()) {
            byte[] given = draw(length);
            byte[] before = given.clone();
            SecretBytes one = kind.ofBytes().apply(given);
            one.wipe();
            assertThat(one.toByteArray()).isEqualTo(new byte[length]);
            assertThat(given).isEqualTo(before);
        }
    }

    @Test
    void revealHex_isHexadecimalInLowerCase() {
        assertThat(ContentKey.ofHex(secret("A9B9033DF0B9CA5447839E3D074817A0")).revealHex())
                .isEqualTo(secret("a9b9033df0b9ca5447839e3d074817a0"));
    }

    private static byte[] draw(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        if (length >= 16) {
            secret(HexFormat.of().formatHex(bytes));
        }
        return bytes;
    }
}
