package io.playgrant.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The files in {@code routes/}, read as plain YAML. */
final class RouteFiles {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Set<String> BRANCHES = Set.of("when", "otherwise");

    /** What Camel counts no exchanges for, as nothing is done there but the steps within. */
    private static final Set<String> BLOCKS = Set.of("route", "when", "otherwise", "doTry");

    private RouteFiles() {}

    /**
     * A route, a step, or a branch of a choice.
     *
     * @param kind as the YAML calls it
     * @param id empty if it has none
     * @param firstStep the id of the first step within a route, branch or try; its own id for all others
     */
    record Node(Path file, String kind, String id, String firstStep) {

        @Override
        public String toString() {
            return file.getFileName() + " " + kind + " " + id;
        }
    }

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }

    static JsonNode read(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    static List<Node> nodes(Path file) throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (JsonNode entry : read(file)) {
            entry.properties().forEach(one -> {
                add(file, one.getKey(), one.getValue(), nodes);
                collect(file, one.getValue(), nodes);
            });
        }
        return nodes;
    }

    /** Steps are objects with one member, in lists named {@code steps}; branches stand in {@code when} and {@code otherwise}. */
    private static void collect(Path file, JsonNode node, List<Node> nodes) {
        node.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (name.equals("steps")) {
                value.forEach(step -> step.properties().forEach(one -> {
                    add(file, one.getKey(), one.getValue(), nodes);
                    collect(file, one.getValue(), nodes);
                }));
            } else if (BRANCHES.contains(name)) {
                (value.isArray() ? value : List.of(value)).forEach(branch -> {
                    add(file, name, branch, nodes);
                    collect(file, branch, nodes);
                });
            } else if (name.equals("onException") && value.isArray()) {
                value.forEach(one -> collect(file, one.path("onException"), nodes));
            } else if (value.isObject()) {
                collect(file, value, nodes);
            }
        });
    }

    private static void add(Path file, String kind, JsonNode node, List<Node> nodes) {
        nodes.add(new Node(file, kind, node.path("id").asText(), firstStep(kind, node)));
    }

    private static String firstStep(String kind, JsonNode node) {
        if (!BLOCKS.contains(kind)) {
            return node.path("id").asText();
        }
        JsonNode block = kind.equals("route") ? node.path("from") : node;
        Map.Entry<String, JsonNode> first =
                block.path("steps").path(0).properties().iterator().next();
        return firstStep(first.getKey(), first.getValue());
    }
}
