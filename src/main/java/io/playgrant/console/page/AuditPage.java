package io.playgrant.console.page;

import io.playgrant.app.Application;
import io.playgrant.audit.Audit;
import io.playgrant.audit.AuditEntry;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.operator.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The changes by operators and on the command line. */
final class AuditPage implements ConsolePart {

    private static final String PATH = "/console/audit";
    private static final int LARGEST_PAGE = 100;

    private final Templates templates;
    private final Application application;

    AuditPage(Templates templates, Application application) {
        this.templates = templates;
        this.application = application;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page("GET", PATH, Role.VIEWER, this::show);
    }

    private Answer show(ConsoleCall call) {
        String text = call.query("account").map(String::strip).orElse("");
        OptionalLong account = number(text);
        boolean misread = account.isEmpty() && !text.isEmpty();
        Audit.Page page = application
                .audit()
                .page(
                        misread ? OptionalLong.of(-1) : account,
                        number(call.query("before").orElse("")),
                        LARGEST_PAGE);
        Instant now = application.clock().instant();
        Map<String, Object> model = new HashMap<>();
        model.put("account", text);
        model.put("error", misread ? "The number of an account consists of digits." : "");
        model.put("any", !page.entries().isEmpty());
        model.put("rows", page.entries().stream().map(entry -> row(entry, now)).toList());
        model.put(
                "more",
                page.next().isPresent()
                        ? PATH + "?before=" + page.next().getAsLong()
                                + (account.isPresent() ? "&account=" + account.getAsLong() : "")
                        : "");
        return Answer.html(templates.page("audit", PageHead.of(call, "Audit", MenuItem.AUDIT), model));
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static Map<String, Object> row(AuditEntry entry, Instant now) {
        return Map.of(
                "at", PageText.time(entry.at(), now),
                "who", entry.who(),
                "action", entry.action(),
                "changed",
                        entry.account().isPresent()
                                ? Long.toString(entry.account().getAsLong())
                                : "",
                "details", entry.details());
    }
}
