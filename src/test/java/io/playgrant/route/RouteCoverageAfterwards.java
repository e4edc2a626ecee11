package io.playgrant.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.route.RouteFiles.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Adds up what Camel counted in the tests of the routes: every route, every step and every branch of each choice was taken. */
class RouteCoverageAfterwards {

    private static final Path DUMPS = Path.of("target", "camel-route-coverage");
    private static final Path REPORT = Path.of("target", "route-coverage.txt");

    @Test
    void everyRouteStepAndBranch_wasTaken() throws Exception {
        Map<String, Long> counts = counts();
        List<String> report = new ArrayList<>();
        List<Node> missed = new ArrayList<>();
        for (Path file : RouteFiles.all()) {
            for (Node node : RouteFiles.nodes(file)) {
                if (node.kind().equals("routeConfiguration")) {
                    continue;
                }
                long count = counts.getOrDefault(node.firstStep(), 0L);
                report.add("%8d  %s".formatted(count, node));
                if (count == 0) {
                    missed.add(node);
                }
            }
        }
        Files.write(REPORT, report);
        assertThat(report).isNotEmpty();
        assertThat(missed).isEmpty();
    }

    /** How many exchanges went through each id, over all tests. */
    private static Map<String, Long> counts() throws Exception {
        Map<String, Long> counts = new HashMap<>();
        for (Path dump : dumps()) {
            NodeList elements = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(dump.toFile())
                    .getElementsByTagName("*");
            for (int i = 0; i < elements.getLength(); i++) {
                Element element = (Element) elements.item(i);
                if (element.hasAttribute("exchangesTotal") && element.hasAttribute("id")) {
                    counts.merge(
                            element.getAttribute("id"),
                            Long.parseLong(element.getAttribute("exchangesTotal")),
                            Long::sum);
                }
            }
        }
        return counts;
    }

    private static List<Path> dumps() throws IOException {
        try (Stream<Path> files = Files.list(DUMPS)) {
            return files.filter(file -> file.toString().endsWith(".xml")).toList();
        }
    }
}
