package io.playgrant.console.page;

import io.playgrant.app.Application;
import io.playgrant.cluster.ListedNode;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.observe.Health;
import io.playgrant.observe.HealthReport;
import io.playgrant.operator.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The first page: what is wrong, what is going on, and which nodes run. */
final class OverviewPage implements ConsolePart {

    /** The path of the page. */
    static final String PATH = "/console/";

    private static final String UP = "UP";

    private final Templates templates;
    private final Application application;
    private final Health health;
    private final UsageFigures usage;

    /** An overview of an installation, as this node sees it. */
    OverviewPage(Templates templates, Application application, Health health, UsageFigures usage) {
        this.templates = templates;
        this.application = application;
        this.health = health;
        this.usage = usage;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page("GET", PATH, Role.VIEWER, this::show)
                .page(
                        "GET",
                        "/console/data/now",
                        Role.VIEWER,
                        call -> Answer.html(templates.fragment(
                                "now", now(application.clock().instant()))));
    }

    private Answer show(ConsoleCall call) {
        Period period = Period.of(call.query("period").orElse(""));
        Instant now = application.clock().instant();
        Map<String, Object> model = now(now);
        model.put(
                "periods",
                Stream.of(Period.values())
                        .map(one -> period(one, one == period))
                        .toList());
        model.put("periodLabel", period.text());
        model.put("traffic", TrafficCharts.ofAll(period));
        model.put("times", TrafficCharts.ofTimes(period));
        List<Map<String, String>> refusals = usage.refusals(period.start(now), now);
        model.put("hasRefusals", !refusals.isEmpty());
        model.put("refusals", refusals);
        model.put(
                "nodes",
                application.nodes().listed().stream()
                        .map(node -> node(node, now))
                        .toList());
        return Answer.html(templates.page("overview", PageHead.of(call, "Overview", MenuItem.OVERVIEW), model));
    }

    private static Map<String, Object> period(Period period, boolean selected) {
        return Map.of("href", PATH + "?period=" + period.label(), "label", period.text(), "selected", selected);
    }

    /** What the page asks for again while it is open. */
    private Map<String, Object> now(Instant now) {
        Map<String, Object> model = new HashMap<>();
        addHealth(model);
        model.put("tiles", tiles(now));
        return model;
    }

    private void addHealth(Map<String, Object> model) {
        List<Map<String, String>> problems = new ArrayList<>();
        List<Map<String, String>> warnings = new ArrayList<>();
        for (HealthReport.Finding finding : health.all().checks()) {
            Map<String, String> data = finding.data() == null ? Map.of() : finding.data();
            if (!finding.status().equals(UP)) {
                problems.add(Map.of("check", finding.name(), "sentence", data.getOrDefault("problem", "")));
            } else if (data.containsKey("warning")) {
                warnings.add(Map.of("check", finding.name(), "sentence", data.getOrDefault("warning", "")));
            }
        }
        model.put("healthy", problems.isEmpty());
        model.put("problems", problems);
        model.put("warnings", warnings);
    }

    private List<Map<String, String>> tiles(Instant now) {
        UsageFigures.Sums sums = usage.today(OptionalLong.empty(), now);
        long requests = sums.tokens() + sums.redeemed() + sums.refused();
        return List.of(
                tile("Tokens issued today", PageText.grouped(sums.tokens()), ""),
                tile("Redeemed today", PageText.grouped(sums.redeemed()), ""),
                tile(
                        "Refused today",
                        PageText.grouped(sums.refused()),
                        requests == 0 ? "" : PageText.percent(sums.refused(), requests) + " of all requests"));
    }

    private static Map<String, String> tile(String label, String value, String more) {
        return Map.of("label", label, "value", value, "more", more);
    }

    private static Map<String, Object> node(ListedNode node, Instant now) {
        return Map.of(
                "name", node.name(),
                "live", node.live(),
                "version", node.version().isEmpty() ? "–" : node.version(),
                "startedAt", PageText.time(node.startedAt(), now),
                "seenAt", PageText.time(node.seenAt(), now));
    }
}
