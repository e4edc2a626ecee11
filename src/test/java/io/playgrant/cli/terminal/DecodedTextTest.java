package io.playgrant.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodedTextTest {

    private static final DecodedText UTF_8 = new DecodedText("UTF-8");
    private static final DecodedText LATIN_1 = new DecodedText("ISO-8859-1");

    @ParameterizedTest
    @CsvSource(textBlock = """
                    --name,              Gr\ufffd\ufffde,   Argument 2
                    --default,           kid=^M\ufffdller,  Argument 2 (kid=…)
                    --name=M\ufffdller,  x,                 Argument 1 (--name=…)
                    wvExtension[0]=M\ufffd, x,              Argument 1 (wvExtension[0]=…)
                    x,                   =M\ufffd,          Argument 2
                    x,                   M\ufffd=y,         Argument 2
                    """)
    void replacementCharacter_isRefused_withoutTheValue(String first, String second, String called) {
        assertThat(UTF_8.problemOfArguments(List.of(first, second)))
                .contains(called + " must be UTF-8, without the replacement character U+FFFD");
    }

    @Test
    void textOfUtf8_isTaken() {
        assertThat(UTF_8.problemOfArguments(List.of("--name", "Größe 東京 🎬", "^Müller")))
                .isEmpty();
        assertThat(UTF_8.problemOfSettings(Map.of("PLAYGRANT_JMS_USER", "Jürgen")))
                .isEmpty();
        assertThat(UTF_8.problemOfFolder("The folder", "/home/jürgen")).isEmpty();
    }

    /** Java takes each byte of UTF-8 for a character there. */
    @Test
    void textOutsideAscii_isRefused_whereJavaDoesNotDecodeUtf8() {
        String cure = " has characters outside ASCII, which Java reads as ISO-8859-1 here:"
                + " start Playgrant by its launcher, or set LC_ALL to a UTF-8 locale such as C.UTF-8";
        assertThat(LATIN_1.problemOfArguments(List.of("--name", "x", "kid=^MÃ¼ller")))
                .contains("Argument 3 (kid=…)" + cure);
        assertThat(LATIN_1.problemOfSettings(Map.of("PLAYGRANT_JMS_USER", "JÃ¼rgen")))
                .contains("The environment variable PLAYGRANT_JMS_USER" + cure);
        assertThat(LATIN_1.problemOfFolder("The folder", "/home/jÃ¼rgen")).contains("The folder" + cure);
        assertThat(LATIN_1.problemOfArguments(List.of("--name", "x", "kid=^Mueller")))
                .isEmpty();
    }

    @Test
    void variablesThatAreNoSettings_areNotLookedAt() {
        assertThat(UTF_8.problemOfSettings(Map.of("USER", "J\ufffdrgen"))).isEmpty();
    }
}
