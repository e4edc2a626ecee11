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
    private static final Set<String> BRANCHES = Set.of("when", "otherwise", "doCatch");

    /** Blocks have no name, and Camel counts no exchanges for them: the steps within are counted. */
    private static final Set<String> BLOCKS = Set.of("route", "when", "otherwise", "doTry", "doCatch");

    /** A choice is taken if one of its branches is. */
    private static final Set<String> UNCOUNTED = Set.of("choice", "routeConfiguration");

    private RouteFiles() {}

    /**
     * A route, a step, or a branch of a choice.
     *
     * @param kind as the YAML calls it
     * @param route the route it belongs to, or the failure handler of a route configuration
     * @param name its id; that of a {@code process} without one is its {@code ref}; empty if it has none
     * @param firstStep the name of the first step within a route, branch or try; its own for all others
     */
    record Node(Path file, String kind, String route, String name, String firstStep) {

        /** A block has no name of its own, except for a route. */
        boolean isBlock() {
            return BLOCKS.contains(kind) || UNCOUNTED.contains(kind);
        }

        /** Whether Camel counts the exchanges that come to it. */
        boolean isCounted() {
            return !UNCOUNTED.contains(kind);
        }

        @Override
        public String toString() {
            return file.getFileName() + " " + kind + " " + (name.isEmpty() ? "with " + firstStep : name);
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
                String route = one.getValue().path("id").asText();
                add(file, one.getKey(), route, one.getValue(), nodes);
                collect(file, route, one.getValue(), nodes);
            });
        }
        return nodes;
    }

    /** Steps are objects with one member, in lists named {@code steps}; branches stand in {@code when} and {@code otherwise}. */
    private static void collect(Path file, String route, JsonNode node, List<Node> nodes) {
        node.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (name.equals("steps")) {
                value.forEach(step -> step.properties().forEach(one -> {
                    add(file, one.getKey(), route, one.getValue(), nodes);
                    collect(file, route, one.getValue(), nodes);
                }));
            } else if (BRANCHES.contains(name)) {
                (value.isArray() ? value : List.of(value)).forEach(branch -> {
                    add(file, name, route, branch, nodes);
                    collect(file, route, branch, nodes);
                });
            } else if (name.equals("onException") && value.isArray()) {
                value.forEach(one ->
                        collect(file, one.path("onException").path("id").asText(), one.path("onException"), nodes));
            } else if (value.isObject()) {
                collect(file, route, value, nodes);
            }
        });
    }

    private static void add(Path file, String kind, String route, JsonNode node, List<Node> nodes) {
        nodes.add(new Node(file, kind, route, name(kind, node), firstStep(kind, node)));
    }

    private static String name(String kind, JsonNode node) {
        return node.has("id") || !kind.equals("process")
                ? node.path("id").asText()
                : node.path("ref").asText();
    }

    private static String firstStep(String kind, JsonNode node) {
        if (!BLOCKS.contains(kind)) {
            return name(kind, node);
        }
        JsonNode block = kind.equals("route") ? node.path("from") : node;
        Map.Entry<String, JsonNode> first =
                block.path("steps").path(0).properties().iterator().next();
        return firstStep(first.getKey(), first.getValue());
    }
}
