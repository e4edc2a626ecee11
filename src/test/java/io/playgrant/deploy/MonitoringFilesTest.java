package io.playgrant.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.route.RunningService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The dashboard for Grafana and the alerts for Prometheus ask for metrics that the server has. */
class MonitoringFilesTest {

    private static final Path DASHBOARD = Path.of("deploy", "grafana", "playgrant.json");
    private static final Path PROMETHEUS = Path.of("deploy", "prometheus");
    private static final Pattern METRIC = Pattern.compile("\\b(?:playgrant|hikaricp|jvm|process)_[a-z_]+\\b");
    private static final Pattern SELECTOR = Pattern.compile("\\b(\\w+)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!=|=)");

    @TempDir
    Path folder;

    @Test
    void everyMetric_isServed_withTheseLabels() throws Exception {
        List<String> expressions = new ArrayList<>(alertExpressions());
        assertThat(expressions).hasSizeGreaterThan(10);
        expressions.addAll(dashboardExpressions());
        Set<String> served = servedSeries();
        for (String expression : expressions) {
            for (MatchResult metric : METRIC.matcher(expression).results().toList()) {
                assertThat(served)
                        .as(expression)
                        .anyMatch(series ->
                                series.startsWith(metric.group() + "{") || series.startsWith(metric.group() + " "));
            }
            SELECTOR.matcher(expression)
                    .results()
                    .filter(selector -> !selector.group(1).equals("up"))
                    .forEach(selector -> LABEL.matcher(selector.group(2))
                            .results()
                            .map(label -> label.group(1))
                            // Prometheus adds these.
                            .filter(label -> !Set.of("job", "instance").contains(label))
                            .forEach(label -> assertThat(served)
                                    .as(expression)
                                    .anyMatch(series -> series.startsWith(selector.group(1) + "{")
                                            && series.contains(label + "=\""))));
        }
    }

    @Test
    void panels_haveADescriptionAndDoNotOverlap() throws IOException {
        Set<List<Integer>> cells = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels")) {
            String title = panel.get("title").asText();
            assertThat(ids.add(panel.get("id").asInt())).as(title).isTrue();
            if (!panel.get("type").asText().equals("row")) {
                assertThat(panel.get("description").asText()).as(title).endsWith(".");
            }
            JsonNode place = panel.get("gridPos");
            for (int x = 0; x < place.get("w").asInt(); x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    int column = place.get("x").asInt() + x;
                    assertThat(column).as(title).isLessThan(24);
                    assertThat(cells.add(List.of(column, place.get("y").asInt() + y)))
                            .as(title)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void alerts_passPrometheusOwnTool() throws Exception {
        Optional<Path> promtool = ProgramInPath.find("promtool");
        assumeTrue(promtool.isPresent(), "there is no promtool in the PATH");
        assertThat(run(promtool.get(), "check", "rules", "alerts.yaml")).contains("SUCCESS");
        assertThat(run(promtool.get(), "test", "rules", "alerts-test.yaml")).contains("SUCCESS");
    }

    private String run(Path program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(PROMETHEUS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /** The series of a server with an account that has credits, a licence service in the cloud and one provider of an account. */
    private Set<String> servedSeries() throws Exception {
        Map<String, String> cloud = Map.of(
                "PLAYGRANT_LICENSE_SERVICE", "widevine-cloud",
                "PLAYGRANT_WIDEVINE_URL", "http://127.0.0.1:1/",
                "PLAYGRANT_WIDEVINE_PROVIDER", "provider",
                "PLAYGRANT_WIDEVINE_KEY", "00".repeat(32),
                "PLAYGRANT_WIDEVINE_IV", "00".repeat(16));
        try (RunningService service = RunningService.start(folder.resolve("data"), cloud)) {
            service.application()
                    .accounts()
                    .create(new NewAccount("limited", Profile.STRICT, List.of(), Limit.of(5), Limit.NONE));
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            service.management().get("/observe/metrics").body().contains("\nplaygrant_credits{"));
            return service.management()
                    .get("/observe/metrics")
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<String> dashboardExpressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels")) {
            panel.path("targets")
                    .forEach(target -> expressions.add(target.get("expr").asText()));
        }
        return expressions;
    }

    private static List<String> alertExpressions() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file =
                new Yaml().load(Files.readString(PROMETHEUS.resolve("alerts.yaml")));
        return file.get("groups").get(0).get("rules").stream()
                .map(rule -> String.valueOf(rule.get("expr")))
                .toList();
    }
}
