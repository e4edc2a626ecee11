package io.playgrant.batch.row;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.batch.CsvRequests;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvHeaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "id;kid!semicolons",
                "film;ID!semicolons",
                "\"id\";\"kid\"!semicolons",
                "id|kid!vertical bars",
            })
    void otherSeparator_isNamed(String line, String separator) {
        assertThat(mistake(line)).contains("The header is separated by " + separator + "; commas are expected");
    }

    @Test
    void tabs_areNamed() {
        assertThat(mistake("id\tkid")).contains("The header is separated by tabs; commas are expected");
    }

    @Test
    void namesInAnotherCase_areSpelled_andNothingElseIsQuoted() {
        String key = secret("4b4b4b4b0123456789abcdef4b4b4b4c");
        String other = "The header has names in another case or with spaces; they are spelled ";
        assertThat(mistake("ID,\"KID\"," + key + ",id,KID")).contains(other + "id, kid");
        assertThat(mistake("title, kid")).contains(other + "kid");
        assertThat(mistake("1;^film;" + key)).isEmpty();
        assertThat(mistake("title,kid")).isEmpty();
    }

    @Test
    void utf16_isNamed() {
        for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            assertThat(CsvHeader.mistake("\uFEFFid\tkid".getBytes(charset), CsvRequests::spelled))
                    .contains("The file is UTF-16; UTF-8 is expected");
        }
        assertThat(CsvHeader.mistake(new byte[] {(byte) 0xFF}, CsvRequests::spelled))
                .isEmpty();
    }

    private static Optional<String> mistake(String line) {
        return CsvHeader.mistake(line.getBytes(StandardCharsets.UTF_8), CsvRequests::spelled);
    }
}
