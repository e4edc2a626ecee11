package io.playgrant.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.RepeatableRandom;
import io.playgrant.error.ErrorMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultWriterTest {

    private static final int ANY = Integer.MAX_VALUE;
    private static final TokenResult TOKEN = TokenResult.of("a", "http://h/?t=1");
    private static final TokenResult REFUSAL =
            TokenResult.of("b", new ErrorMessage(-4018, "[-4018] Missing kid: \"kid\" is required"));

    @Test
    void token_isItsUrl() {
        assertThat(text(ResultWriter.write(TOKEN))).isEqualTo("{\"id\":\"a\",\"licenseUrl\":\"http://h/?t=1\"}");
    }

    @Test
    void refusal_isItsCodeAndText() {
        assertThat(text(ResultWriter.write(REFUSAL)))
                .isEqualTo("{\"id\":\"b\",\"error\":{\"code\":-4018,"
                        + "\"message\":\"[-4018] Missing kid: \\\"kid\\\" is required\"}}");
        assertThat(text(ResultWriter.write(TokenResult.of(null, new ErrorMessage(400, "[400] Bad Request")))))
                .isEqualTo("{\"error\":{\"code\":400,\"message\":\"[400] Bad Request\"}}");
    }

    @Test
    void id_isWrittenInUtf8() {
        String id = "\u00e9\uD83C\uDFAC\"\\";
        assertThat(text(ResultWriter.write(TokenResult.of(id, "u"))))
                .isEqualTo("{\"id\":\"\u00e9\uD83C\uDFAC\\\"\\\\\",\"licenseUrl\":\"u\"}");
    }

    @Test
    void single_isAnsweredWithItsResult() {
        TokenMessage single = new TokenMessage("a", false, List.of());
        assertThat(ResultWriter.write(single, List.of(TOKEN), 1)).containsExactly(ResultWriter.write(TOKEN));
    }

    @Test
    void batch_isAnsweredWithItsResultsInOrder() {
        assertThat(texts(ResultWriter.write(batch(), List.of(REFUSAL, TOKEN), ANY)))
                .containsExactly("{\"id\":\"m\",\"results\":[" + text(ResultWriter.write(REFUSAL)) + ","
                        + text(ResultWriter.write(TOKEN)) + "]}");
        assertThat(texts(ResultWriter.write(batch(), List.of(TOKEN), ANY)))
                .containsExactly("{\"id\":\"m\",\"results\":[" + text(ResultWriter.write(TOKEN)) + "]}");
    }

    @Test
    void batch_isSplitOnlyIfItIsTooLong() {
        List<TokenResult> results = List.of(REFUSAL, TOKEN);
        int length = ResultWriter.write(batch(), results, ANY).get(0).length;
        assertThat(ResultWriter.write(batch(), results, length)).hasSize(1);
        assertThat(texts(ResultWriter.write(batch(), results, length - 1)))
                .containsExactly(
                        "{\"id\":\"m\",\"part\":1,\"parts\":2,\"results\":[" + text(ResultWriter.write(REFUSAL)) + "]}",
                        "{\"id\":\"m\",\"part\":2,\"parts\":2,\"results\":[" + text(ResultWriter.write(TOKEN)) + "]}");
    }

    @Test
    void resultThatIsTooLongByItself_isAPartNevertheless() {
        TokenResult large = TokenResult.of("large", "u".repeat(5_000));
        List<JsonNode> parts = parsed(ResultWriter.write(batch(), List.of(TOKEN, large, REFUSAL), 200));
        assertThat(parts).hasSize(3);
        assertThat(parts.get(1).get("results")).hasSize(1);
        assertThat(parsed(ResultWriter.write(batch(), List.of(large), 200)))
                .singleElement()
                .satisfies(whole -> assertThat(whole.has("part")).isFalse());
    }

    @Test
    void parts_keepTheLimitAndTheOrder_andMissNothing() {
        Random random = new RepeatableRandom(7);
        for (int round = 0; round < 200; round++) {
            int count = random.nextInt(1, 1_001);
            int longest = random.nextInt(1, 400);
            List<TokenResult> results = IntStream.range(0, count)
                    .mapToObj(i -> TokenResult.of("r" + i, "\u00e9".repeat(random.nextInt(longest))))
                    .toList();
            int largest = random.nextInt(1_000, 100_000);
            assertPartsAreRight(ResultWriter.write(batch(), results, largest), count, largest);
        }
    }

    private static void assertPartsAreRight(List<byte[]> written, int count, int largest) {
        assertThat(written).allSatisfy(part -> assertThat(part.length).isLessThanOrEqualTo(largest));
        List<JsonNode> parts = parsed(written);
        assertThat(parts)
                .allSatisfy(
                        part -> assertThat(BatchSchemas.RESULT.validate(part)).isEmpty());
        assertThat(parts.stream()
                        .flatMap(part -> part.findValuesAsText("id").stream().skip(1)))
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(i -> "r" + i).toList());
        for (int i = 0; parts.size() > 1 && i < parts.size(); i++) {
            assertThat(parts.get(i).get("part").intValue()).isEqualTo(i + 1);
            assertThat(parts.get(i).get("parts").intValue()).isEqualTo(parts.size());
        }
    }

    @Test
    void everyResult_keepsToTheSchema() {
        assertThat(parsed(List.of(
                        ResultWriter.write(TOKEN),
                        ResultWriter.write(REFUSAL),
                        ResultWriter.write(TokenResult.of(null, new ErrorMessage(400, "[400] Bad Request"))))))
                .allSatisfy(result ->
                        assertThat(BatchSchemas.RESULT.validate(result)).isEmpty());
    }

    @Test
    void toString_doesNotShowTheUrl() {
        assertThat(TOKEN).hasToString("TokenResult[token]");
        assertThat(REFUSAL).hasToString("TokenResult[code -4018]");
    }

    private static TokenMessage batch() {
        return new TokenMessage("m", true, List.of());
    }

    private static List<JsonNode> parsed(List<byte[]> written) {
        return written.stream().map(ResultWriterTest::parse).toList();
    }

    private static JsonNode parse(byte[] json) {
        try {
            return BatchSchemas.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] json) {
        return new String(json, UTF_8);
    }

    private static List<String> texts(List<byte[]> written) {
        return written.stream().map(ResultWriterTest::text).toList();
    }
}
