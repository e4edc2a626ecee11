package io.playgrant.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code routes/} as Camel's own schema and this project's habits want them. */
class RouteSchemaTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final Set<String> CONTAINERS =
            Set.of("route", "routeConfiguration", "onException", "when", "otherwise");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void routeFile_isValidByCamelsSchema(Path file) throws IOException {
        try (InputStream schema = getClass().getResourceAsStream("/schema/camelYamlDsl.json")) {
            JsonSchema camel = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                    .getSchema(new ObjectMapper().readTree(schema));
            assertThat(camel.validate(YAML.readTree(file.toFile()))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRouteHasADescription_andEveryStepAnId(Path file) throws IOException {
        List<String> problems = new ArrayList<>();
        for (JsonNode entry : YAML.readTree(file.toFile())) {
            entry.properties().forEach(one -> {
                if (!one.getValue().hasNonNull("description")) {
                    problems.add(one.getKey() + " without description");
                }
                collectIds(one.getKey(), one.getValue(), problems, new HashSet<>());
            });
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void ids_areUniqueOverAllFiles() throws IOException {
        Set<String> ids = new HashSet<>();
        List<String> problems = new ArrayList<>();
        for (Path file : files()) {
            for (JsonNode entry : YAML.readTree(file.toFile())) {
                entry.properties().forEach(one -> collectIds(one.getKey(), one.getValue(), problems, ids));
            }
        }
        assertThat(problems).isEmpty();
        assertThat(ids).contains("token", "token-http", "key-material", "error-format");
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileName_isThatOfItsRoute(Path file) throws IOException {
        JsonNode first = YAML.readTree(file.toFile()).get(0);
        String id = first.path("route")
                .path("id")
                .asText(first.path("routeConfiguration").path("id").asText());
        String name = file.getFileName().toString();
        assertThat(name).isIn(id + ".camel.yaml", id.replace("http-", "") + ".camel.yaml");
    }

    /** A step is an object with one member, in a list named steps; its value carries the id. */
    private static void collectIds(String name, JsonNode node, List<String> problems, Set<String> ids) {
        if (CONTAINERS.contains(name)) {
            addId(name, node, problems, ids);
        }
        node.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (member.getKey().equals("steps")) {
                value.forEach(step -> step.properties().forEach(one -> {
                    addId(one.getKey(), one.getValue(), problems, ids);
                    collectIds("", one.getValue(), problems, ids);
                }));
            } else if (member.getKey().equals("when") || member.getKey().equals("onException")) {
                value.forEach(one -> collectIds(
                        member.getKey(), one.has("onException") ? one.get("onException") : one, problems, ids));
            } else if (value.isObject()) {
                collectIds(member.getKey(), value, problems, ids);
            }
        });
    }

    private static void addId(String name, JsonNode node, List<String> problems, Set<String> ids) {
        String id = node.path("id").asText();
        if (id.isEmpty() || !ids.add(id)) {
            problems.add(name + " has no id, or one that is taken: " + id);
        }
    }
}
