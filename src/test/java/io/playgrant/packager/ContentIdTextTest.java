package io.playgrant.packager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentIdTextTest {

    /** Text in ASCII and beyond it; a line end, an escape of 8 bits, cut UTF-8, an overlong form, a surrogate. */
    @ParameterizedTest
    @CsvSource({
        "66696c6d2d31,film-1",
        "c384726765722fc3b6202337,Ärger/ö #7",
        "f09f8eac,🎬",
        "660a,660a",
        "c285,c285",
        "ff00,ff00",
        "c3,c3",
        "c080,c080",
        "eda080,eda080",
        "'',''"
    })
    void text_ifItIsOne_otherwiseDigits(String hex, String text) {
        assertThat(ContentIdText.of(HexFormat.of().parseHex(hex))).isEqualTo(text);
    }
}
