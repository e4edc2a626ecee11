package io.playgrant.token.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loops accept what these regular expressions do. */
class TextsTest {

    /** Digits of both kinds and of another script, neighbours of digits, controls, half and whole surrogate pairs. */
    private static final List<String> ALPHABET = List.of(
            "0",
            "9",
            "/",
            ":",
            "a",
            "f",
            "g",
            "`",
            "A",
            "F",
            "G",
            "@",
            "-",
            "+",
            " ",
            "^",
            "\n",
            "\u0000",
            "\u001f",
            "\u007f",
            "\u0085",
            "\u009f",
            "\u00a0",
            "\u0661",
            "\uff11",
            "\uff21",
            "\u2028",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00");

    @Test
    void isHex_hexadecimalDigitsOnly() {
        Pattern pattern = Pattern.compile("[0-9a-fA-F]*");

        assertThat(texts()).allSatisfy(text -> assertThat(Texts.isHex(text)).isEqualTo(matches(pattern, text)));
    }

    @Test
    void isHex_asManyDigits() {
        Pattern pattern = Pattern.compile("[0-9a-fA-F]{2}");

        assertThat(texts()).allSatisfy(text -> assertThat(Texts.isHex(text, 2)).isEqualTo(matches(pattern, text)));
    }

    @Test
    void isNumber_digitsWithOrWithoutAMinus() {
        Pattern pattern = Pattern.compile("-?[0-9]+");

        assertThat(texts()).allSatisfy(text -> assertThat(Texts.isNumber(text)).isEqualTo(matches(pattern, text)));
    }

    @Test
    void hasDigitsOnly_fromAPositionOn() {
        Pattern pattern = Pattern.compile(".[0-9]+", Pattern.DOTALL);

        assertThat(texts().stream().filter(text -> Texts.length(text) == text.length()))
                .allSatisfy(text -> assertThat(Texts.hasDigitsOnly(text, 1)).isEqualTo(matches(pattern, text)));
    }

    @Test
    void length_countsCodePoints() {
        Pattern pattern = Pattern.compile(".{2}", Pattern.DOTALL);

        assertThat(texts())
                .allSatisfy(text -> assertThat(Texts.length(text) == 2).isEqualTo(matches(pattern, text)));
    }

    @Test
    void hasControls_ofTheCategoryCc() {
        Pattern pattern = Pattern.compile("\\P{Cc}*");

        assertThat(texts())
                .allSatisfy(text -> assertThat(!Texts.hasControls(text)).isEqualTo(matches(pattern, text)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "2, true",
        "3, false",
        "-0, true",
        "-1, false",
        "00, true",
        "0000000000000000000000002, true",
        "0000000000000000000000003, false",
        "'', false",
        "-, false",
        "--1, false",
        "1-, false",
        "+1, false",
        "1.0, false",
        "\u0661, false",
        "99999999999999999999, false",
        "-99999999999999999999, false",
        // 2 to the power of 64, and one more: they are 0 and 1 in a long.
        "18446744073709551616, false",
        "18446744073709551617, false"
    })
    void isNumberFrom_zeroToTwo(String text, boolean expected) {
        assertThat(Texts.isNumberFrom(0, 2, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2147483647, true",
        "2147483648, false",
        "-2147483648, true",
        "-2147483649, false",
        "02147483647, true",
        "02147483648, false"
    })
    void isNumberFrom_theWholeRangeOfInt(String text, boolean expected) {
        assertThat(Texts.isNumberFrom(Integer.MIN_VALUE, Integer.MAX_VALUE, text))
                .isEqualTo(expected);
    }

    private static boolean matches(Pattern pattern, String text) {
        return pattern.matcher(text).matches();
    }

    /** All texts of at most three of the alphabet. */
    private static List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(""));
        int begin = 0;
        for (int length = 1; length <= 3; length++) {
            int end = texts.size();
            for (int at = begin; at < end; at++) {
                for (String character : ALPHABET) {
                    texts.add(texts.get(at) + character);
                }
            }
            begin = end;
        }
        return texts;
    }
}
