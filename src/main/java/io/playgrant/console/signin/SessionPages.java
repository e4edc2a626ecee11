package io.playgrant.console.signin;

import io.playgrant.app.Application;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsoleException;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.console.page.MenuItem;
import io.playgrant.console.page.PageHead;
import io.playgrant.console.page.PageText;
import io.playgrant.console.page.Templates;
import io.playgrant.operator.Role;
import io.playgrant.operator.Session;
import io.playgrant.operator.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Shows operators their own sessions, and ends others. */
public final class SessionPages implements ConsolePart {

    private static final String SESSIONS = "/console/sessions";

    private final Application application;
    private final Sessions sessions;
    private final Templates templates;

    public SessionPages(Application application, Templates templates) {
        this.application = application;
        this.sessions = application.sessions();
        this.templates = templates;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page("GET", SESSIONS, Role.VIEWER, this::list)
                .page("POST", SESSIONS + "/:session/end", Role.VIEWER, this::end)
                .page("POST", SESSIONS + "/end-others", Role.VIEWER, this::endOthers);
    }

    private Answer list(ConsoleCall call) {
        Session current = current(call);
        List<Session> all = sessions.list(OptionalLong.of(current.operator().id()));
        return Answer.html(templates.page(
                "sessions",
                head(call),
                Map.of(
                        "sessions",
                        all.stream()
                                .map(session -> row(
                                        session, current, application.clock().instant()))
                                .toList(),
                        "hasOthers",
                        all.size() > 1)));
    }

    private static PageHead head(ConsoleCall call) {
        return PageHead.of(call, "Your sessions", MenuItem.NONE);
    }

    private static Map<String, Object> row(Session session, Session current, Instant now) {
        return Map.of(
                "number", session.number(),
                "address", session.address(),
                "createdAt", PageText.time(session.createdAt(), now),
                "lastSeenAt", PageText.time(session.lastSeenAt(), now),
                "isCurrent", session.number() == current.number());
    }

    private Answer end(ConsoleCall call) {
        Session current = current(call);
        // Session numbers are no secrets, so only the operator's own count.
        OptionalLong own = OptionalLong.of(current.operator().id());
        long number = number(call.path("session"));
        if (number == current.number() || !changedBy(call).revoke(number, own)) {
            throw new ConsoleException(404, "Not Found", "You have no other session with this number.");
        }
        return Answer.redirect(SESSIONS);
    }

    private Answer endOthers(ConsoleCall call) {
        changedBy(call).revokeOthers(current(call));
        return Answer.redirect(SESSIONS);
    }

    private Sessions changedBy(ConsoleCall call) {
        return application.changesBy(call.who()).sessions();
    }

    private static Session current(ConsoleCall call) {
        return call.session().orElseThrow();
    }

    private static long number(String text) {
        return text.matches("[1-9][0-9]{0,17}") ? Long.parseLong(text) : 0;
    }
}
