package io.playgrant.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.playgrant.RepeatableRandom;
import io.playgrant.batch.row.MessageException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/token-message.schema.json} says what {@link MessageReader} reads. */
class MessageSchemaTest {

    private static final int DOCUMENTS = 5_000;

    private final MessageReader reader = new MessageReader(Optional.empty());

    @Test
    void schemas_areSchemas() {
        JsonSchema ofSchemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(SchemaId.V202012));
        assertThat(ofSchemas.validate(BatchSchemas.MESSAGE_FILE)).isEmpty();
        assertThat(ofSchemas.validate(BatchSchemas.RESULT_FILE)).isEmpty();
    }

    @Test
    void examples_areValidAndRead() {
        assertThat(BatchSchemas.MESSAGE_FILE.get("examples")).hasSize(2).allSatisfy(example -> {
            assertThat(BatchSchemas.MESSAGE.validate(example)).isEmpty();
            assertThat(isRead(example.toString())).isTrue();
        });
        assertThat(BatchSchemas.RESULT_FILE.get("examples"))
                .hasSize(3)
                .allSatisfy(example ->
                        assertThat(BatchSchemas.RESULT.validate(example)).isEmpty());
    }

    @Test
    void randomDocuments_areJudgedAlike() throws Exception {
        RandomMessages messages = new RandomMessages(new RepeatableRandom(4));
        int valid = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            String json = messages.next();
            JsonNode tree = BatchSchemas.MAPPER.readTree(json);
            boolean isValid = BatchSchemas.accepts(BatchSchemas.MESSAGE, tree);
            assertThat(isRead(json)).as(json).isEqualTo(isValid);
            assertItemsAreJudgedAlike(json, tree);
            valid += isValid ? 1 : 0;
        }
        // Neither side is left to chance.
        assertThat(valid).isBetween(DOCUMENTS / 5, DOCUMENTS * 4 / 5);
    }

    private void assertItemsAreJudgedAlike(String json, JsonNode tree) {
        List<Item> items;
        try {
            TokenMessage message = reader.read(json.getBytes(UTF_8));
            items = message.isBatch() ? message.items() : List.of();
        } catch (MessageException e) {
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            JsonNode request = tree.get("requests").get(i);
            boolean isValid = BatchSchemas.accepts(BatchSchemas.REQUEST, request);
            assertThat(items.get(i).refusal() == null).as(request.toString()).isEqualTo(isValid);
        }
    }

    /** What the schema's description says in words. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"m\",\"id\":\"m\",\"parameters\":{}}",
                "{\"id\":\"m\",\"parameters\":{},\"parameters\":{}}",
                "{\"id\":\"m\",\"parameters\":{\"securityLevel\":1.0}}",
                "{\"id\":\"m\",\"parameters\":{\"securityLevel\":1e0}}",
                "{\"id\":\"m\",\"requests\":[{\"id\":\"a\",\"parameters\":{}},{\"id\":\"a\",\"parameters\":{}}]}",
                "\uFEFF{\"id\":\"m\",\"parameters\":{}}"
            })
    void whatTheSchemaCannotSay_isRefusedNevertheless(String json) throws Exception {
        JsonNode tree = new JsonMapper().readTree(json.getBytes(UTF_8));
        assertThat(BatchSchemas.MESSAGE.validate(tree)).isEmpty();
        assertThat(isRead(json)).isFalse();
    }

    @Test
    void noBytes_causeAnotherException_orAreQuoted() {
        Random random = new RepeatableRandom(5);
        RandomMessages messages = new RandomMessages(random);
        for (int i = 0; i < DOCUMENTS; i++) {
            byte[] json = messages.next().getBytes(UTF_8);
            spoil(json, random);
            assertThat(judgement(json)).doesNotContain(RandomMessages.MARK.substring(0, 2));
        }
    }

    @Test
    void randomBytes_areRefused() {
        Random random = new RepeatableRandom(6);
        for (int i = 0; i < DOCUMENTS; i++) {
            byte[] json = new byte[random.nextInt(64)];
            random.nextBytes(json);
            assertThat(judgement(json))
                    .isIn("the message is not UTF-8", "the message is not JSON", "a message is a JSON object");
        }
    }

    private static void spoil(byte[] json, Random random) {
        int times = random.nextInt(1, 4);
        for (int i = 0; i < times; i++) {
            json[random.nextInt(json.length)] = (byte) random.nextInt(256);
        }
    }

    private boolean isRead(String json) {
        try {
            return reader.read(json.getBytes(UTF_8)).items().stream().allMatch(item -> item.refusal() == null);
        } catch (MessageException e) {
            return false;
        }
    }

    private String judgement(byte[] json) {
        try {
            return reader.read(json).items().stream()
                    .map(item -> String.valueOf(item.refusal()))
                    .distinct()
                    .toList()
                    .toString();
        } catch (MessageException e) {
            return e.reason();
        }
    }
}
