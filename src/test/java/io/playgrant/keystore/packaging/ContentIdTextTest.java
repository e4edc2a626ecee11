package io.playgrant.keystore.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentIdTextTest {

    @ParameterizedTest
    @CsvSource({
        "66696c6d2d31, film-1",
        "46c3bc72f09f8eac, Für🎬",
        "ff00, ff00",
        "66696c6d0a, 66696c6d0a",
        "c285, c285",
        "66ED A0 80, 66eda080",
    })
    void text_isUtf8_orHexadecimalDigits(String bytes, String text) {
        assertThat(ContentIdText.of(HexFormat.of().parseHex(bytes.replace(" ", ""))))
                .isEqualTo(text);
    }
}
