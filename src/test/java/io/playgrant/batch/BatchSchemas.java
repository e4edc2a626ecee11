package io.playgrant.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The schemas in {@code docs/}. */
final class BatchSchemas {

    /** Reads numbers of any length; a member that stands twice in an object is a mistake. */
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static final JsonNode MESSAGE_FILE = read("token-message.schema.json");
    static final JsonNode RESULT_FILE = read("token-result.schema.json");

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    static final JsonSchema MESSAGE = FACTORY.getSchema(MESSAGE_FILE);
    static final JsonSchema REQUEST = part(MESSAGE_FILE, "request");
    static final JsonSchema RESULT = FACTORY.getSchema(RESULT_FILE);

    private BatchSchemas() {}

    static boolean accepts(JsonSchema schema, JsonNode json) {
        return schema.validate(json).isEmpty();
    }

    private static JsonSchema part(JsonNode file, String name) {
        var schema = MAPPER.createObjectNode().put("$ref", "#/$defs/" + name);
        schema.set("$defs", file.get("$defs"));
        return FACTORY.getSchema(schema);
    }

    private static JsonNode read(String name) {
        try {
            return MAPPER.readTree(Path.of("docs", name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
