package io.playgrant.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI document of the admin API. */
final class OpenApiDocument {

    static final YAMLMapper YAML = new YAMLMapper();

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final JsonNode root;

    OpenApiDocument() throws IOException {
        try (InputStream in = Objects.requireNonNull(OpenApiDocument.class.getResourceAsStream(ApiDocument.RESOURCE))) {
            root = YAML.readTree(in);
        }
    }

    JsonNode root() {
        return root;
    }

    /** An operation. */
    record Operation(OpenApiDocument document, String method, String path, JsonNode json) {

        String id() {
            return json.path("operationId").asText();
        }

        /** The path with {@code :name} for parameters, as routes have it. */
        String route() {
            return method + " " + path.replace("{", ":").replace("}", "");
        }

        List<JsonNode> parameters() {
            List<JsonNode> parameters = new ArrayList<>();
            json.path("parameters").forEach(parameter -> parameters.add(document.resolved(parameter)));
            return parameters;
        }

        boolean hasParameter(String name) {
            return parameters().stream()
                    .anyMatch(parameter -> parameter.path("name").asText().equals(name));
        }

        /** The example requests; one without a body if the operation has none. */
        Map<String, Optional<JsonNode>> examples() {
            Map<String, Optional<JsonNode>> examples = new LinkedHashMap<>();
            json.at("/requestBody/content/application~1json/examples")
                    .properties()
                    .forEach(one -> examples.put(
                            one.getKey(), Optional.of(one.getValue().path("value"))));
            if (examples.isEmpty()) {
                examples.put("", Optional.empty());
            }
            return examples;
        }

        Set<String> statuses() {
            Set<String> statuses = new TreeSet<>();
            json.path("responses").fieldNames().forEachRemaining(statuses::add);
            return statuses;
        }

        JsonNode response(int status) {
            return document.resolved(json.path("responses").path(Integer.toString(status)));
        }

        @Override
        public String toString() {
            return id();
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(one -> {
                    if (METHODS.contains(one.getKey())) {
                        operations.add(new Operation(
                                this, one.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), one.getValue()));
                    }
                }));
        return operations;
    }

    Operation operation(String id) {
        return operations().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** The schema of a media type object, with all components that it refers to. */
    JsonSchema schema(JsonNode mediaType) {
        ObjectNode schema = (ObjectNode) local(mediaType.path("schema").deepCopy());
        schema.set("$defs", local(root.at("/components/schemas").deepCopy()));
        return FACTORY.getSchema(
                schema,
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    }

    private static JsonNode local(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                JsonNode value = object.get(name);
                if (name.equals("$ref") && value.isTextual()) {
                    object.put(name, value.textValue().replace("#/components/schemas/", "#/$defs/"));
                } else {
                    local(value);
                }
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(OpenApiDocument::local);
        }
        return node;
    }
}
