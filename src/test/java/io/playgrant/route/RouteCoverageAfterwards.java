package io.playgrant.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.route.RouteFiles.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Adds up what went through the routes in their tests: every route, every step and every branch of each choice was taken. */
class RouteCoverageAfterwards {

    private static final Path REPORT = Path.of("target", "route-coverage.txt");

    @Test
    void everyRouteStepAndBranch_wasTaken() throws Exception {
        Map<String, Long> counts = StepCounts.read();
        List<String> report = new ArrayList<>();
        List<Node> missed = new ArrayList<>();
        for (Path file : RouteFiles.all()) {
            for (Node node : RouteFiles.nodes(file)) {
                if (!node.isCounted()) {
                    continue;
                }
                long count = counts.getOrDefault(node.route() + " " + node.firstStep(), 0L);
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
}
