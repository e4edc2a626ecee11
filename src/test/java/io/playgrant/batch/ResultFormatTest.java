package io.playgrant.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.batch.row.MessageException;
import io.playgrant.error.ErrorMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultFormatTest {

    private static final List<TokenResult> RESULTS = List.of(
            TokenResult.of("a,\"é", "http://h/?t=1"),
            TokenResult.of("b", new ErrorMessage(-4018, "[-4018] Missing kid: one, two")));

    @Test
    void csv_isWrittenAsLines_andReadBack() throws IOException {
        CsvResults csv = new CsvResults();
        assertThat(csv.header()).asString().isEqualTo("id,licenseUrl,code,message\n");
        String text = write(csv, RESULTS);
        assertThat(text).isEqualTo("""
                        "a,""é",http://h/?t=1,,
                        b,,-4018,"[-4018] Missing kid: one, two"
                        """);
        assertThat(text.lines().map(line -> csv.read(bytes(line)))).containsExactlyElementsOf(RESULTS);
    }

    @Test
    void csv_hasNoLineBreakInAField() throws IOException {
        TokenResult result = TokenResult.of("a", new ErrorMessage(400, "one\r\ntwo\u001b"));
        assertThat(write(new CsvResults(), List.of(result))).isEqualTo("a,,400,one??two?\n");
    }

    @Test
    void csv_isReadBack_whateverTheId() throws IOException {
        CsvResults csv = new CsvResults();
        for (String id : List.of("\uFEFF", "\uFEFFa", " a ", "\"", "\"a", "#", "\\", "\u2028", "😀", "=1")) {
            TokenResult result = TokenResult.of(id, "http://h/?t=1");
            assertThat(csv.read(bytes(write(csv, List.of(result)).stripTrailing())))
                    .isEqualTo(result);
        }
    }

    @Test
    void json_isWrittenAsLines_andReadBack() throws IOException {
        JsonResults json = new JsonResults();
        assertThat(json.header()).isEmpty();
        String text = write(json, RESULTS);
        assertThat(text).isEqualTo("""
                        {"id":"a,\\"é","licenseUrl":"http://h/?t=1"}
                        {"id":"b","error":{"code":-4018,"message":"[-4018] Missing kid: one, two"}}
                        """);
        assertThat(text.lines().map(line -> json.read(bytes(line)))).containsExactlyElementsOf(RESULTS);
    }

    @Test
    void json_readsMembersThatItDoesNotKnow() {
        assertThat(new JsonResults().read(bytes("{\"more\":{\"a\":[1]},\"id\":\"a\",\"licenseUrl\":\"u\"}")))
                .isEqualTo(TokenResult.of("a", "u"));
    }

    @Test
    void whatIsNoResult_isNotRead() {
        for (String line :
                List.of("", "x", "[]", "{}", "{\"id\":\"a\"}", "{\"id\":\"a\",\"licenseUrl\":\"u\"}{", "{\"a\"")) {
            assertThatThrownBy(() -> new JsonResults().read(bytes(line)))
                    .isInstanceOf(MessageException.class)
                    .hasMessage("the line is not a result");
        }
        for (String line : List.of("a", "a,,,", "a,u,1,", "a,,x,", "a,u,,,")) {
            assertThatThrownBy(() -> new CsvResults().read(bytes(line)))
                    .isInstanceOf(MessageException.class)
                    .hasMessage("the line is not a result");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String write(ResultFormat format, List<TokenResult> results) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(results, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
