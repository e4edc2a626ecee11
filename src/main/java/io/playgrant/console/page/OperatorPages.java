package io.playgrant.console.page;

import io.playgrant.app.Application;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsoleException;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.operator.Operator;
import io.playgrant.operator.OperatorChange;
import io.playgrant.operator.OperatorException;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import io.playgrant.operator.Session;
import io.playgrant.operator.Sessions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The operators: who may sign in, with which role. */
final class OperatorPages implements ConsolePart {

    private static final String PATH = "/console/operators";
    /** Not below the list, where it could be the name of an operator. */
    private static final String NEW = "/console/new-operator";

    private static final String ONE = PATH + "/:name";
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Templates templates;
    private final Application application;
    private final OnceTokens once;

    OperatorPages(Templates templates, Application application, OnceTokens once) {
        this.templates = templates;
        this.application = application;
        this.once = once;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page("GET", PATH, Role.ADMIN, this::list)
                .page("GET", NEW, Role.ADMIN, call -> Answer.html(newPage(call, "", Role.VIEWER, "")))
                .page("POST", PATH, Role.ADMIN, this::create)
                .page("GET", ONE, Role.ADMIN, this::show)
                .page("POST", ONE + "/change", Role.ADMIN, this::change)
                .page("GET", ONE + "/password", Role.ADMIN, this::askPassword)
                .page("POST", ONE + "/password", Role.ADMIN, this::password)
                .page("GET", ONE + "/token", Role.ADMIN, this::askToken)
                .page("POST", ONE + "/token", Role.ADMIN, this::token)
                .page("POST", ONE + "/sign-out", Role.ADMIN, this::endSessions)
                .page("GET", ONE + "/delete", Role.ADMIN, call -> Answer.html(deletePage(call, "")))
                .page("POST", ONE + "/delete", Role.ADMIN, this::delete);
    }

    private Operators operators(ConsoleCall call) {
        return application.changesBy(call.who()).operators();
    }

    private Operator required(ConsoleCall call) {
        return application.operators().find(call.path("name")).orElseThrow(OperatorPages::noSuchOperator);
    }

    private static ConsoleException noSuchOperator() {
        return new ConsoleException(
                NOT_FOUND, "No such operator", "There is no operator with this name. It may have been deleted.");
    }

    private static String path(Operator operator) {
        // Nothing else in a name has a meaning in a path.
        return PATH + "/" + operator.name().replace("..", "%2E%2E");
    }

    private Answer list(ConsoleCall call) {
        Instant now = application.clock().instant();
        List<Map<String, Object>> rows = application.operators().list().stream()
                .map(operator -> row(operator, now))
                .toList();
        return Answer.html(
                templates.page("operators", PageHead.of(call, "Operators", MenuItem.OPERATORS), Map.of("rows", rows)));
    }

    private static Map<String, Object> row(Operator operator, Instant now) {
        return Map.of(
                "name", operator.name(),
                "href", path(operator),
                "role", operator.role().label(),
                "enabled", operator.enabled(),
                "createdAt", PageText.time(operator.createdAt(), now));
    }

    private static List<Map<String, Object>> roles(Role chosen) {
        return Stream.of(Role.values())
                .map(role -> Map.<String, Object>of(
                        "id", role.label(), "meaning", meaning(role), "selected", role == chosen))
                .toList();
    }

    private static String meaning(Role role) {
        return switch (role) {
            case VIEWER -> "reads everything";
            case SUPPORT -> "also explains, issues and revokes tokens";
            case ADMIN -> "also changes everything else";
        };
    }

    private String newPage(ConsoleCall call, String name, Role role, String error) {
        Map<String, Object> model = new HashMap<>();
        model.put("name", name);
        model.put("error", error);
        model.put("roles", roles(role));
        model.put("once", OnceTokens.draw(application.random()));
        return templates.page("operator-form", PageHead.of(call, "Create an operator", MenuItem.OPERATORS), model);
    }

    private static Role role(ConsoleCall call) {
        return call.form()
                .get("role")
                .flatMap(Role::of)
                .orElseThrow(() -> new ConsoleException(BAD_REQUEST, "No such role", "Choose one of the roles."));
    }

    private Answer create(ConsoleCall call) {
        String name = call.form().get("name").map(String::strip).orElse("");
        Role role = role(call);
        Operators.Created created;
        try {
            created = once.once(call, () -> operators(call).create(name, role, made -> {}));
        } catch (OperatorException e) {
            return Answer.html(newPage(call, name, role, e.getMessage() + ".")).withStatus(BAD_REQUEST);
        }
        Secrets secrets = new Secrets(
                        "Operator " + created.operator().name() + " was created",
                        "Hand these over now: they cannot be shown again.")
                .add("Password", created.password().reveal(), "For the sign-in page of this console.")
                .add("API token", created.apiToken().reveal(), "For the admin API: Authorization: Bearer TOKEN");
        return secrets(call, "Operator created", created.operator(), secrets);
    }

    private Answer secrets(ConsoleCall call, String title, Operator operator, Secrets secrets) {
        return Answer.html(templates.page(
                "secrets",
                PageHead.of(call, title, MenuItem.OPERATORS),
                secrets.thenGoTo(path(operator), "Show the operator")));
    }

    private Answer show(ConsoleCall call) {
        Operator operator = required(call);
        Instant now = application.clock().instant();
        List<Session> sessions = application.sessions().list(OptionalLong.of(operator.id()));
        Map<String, Object> model = new HashMap<>(row(operator, now));
        model.put("self", operator.id() == call.operator().id());
        model.put("revision", operator.revision());
        model.put("roles", roles(operator.role()));
        model.put("hasSessions", !sessions.isEmpty());
        model.put(
                "sessions",
                sessions.stream()
                        .map(session -> Map.of(
                                "address", session.address(),
                                "since", PageText.time(session.createdAt(), now),
                                "lastSeen", PageText.time(session.lastSeenAt(), now)))
                        .toList());
        return Answer.html(templates.page(
                "operator", PageHead.of(call, "Operator " + operator.name(), MenuItem.OPERATORS), model));
    }

    private Answer change(ConsoleCall call) {
        return application
                .database()
                .inTransaction(transaction -> application
                        .operators()
                        .lock(call.path("name"))
                        .map(operator -> change(call, operator))
                        .orElseThrow(OperatorPages::noSuchOperator));
    }

    private Answer change(ConsoleCall call, Operator operator) {
        if (!call.form().get("revision").equals(Optional.of(Long.toString(operator.revision())))) {
            throw new ConsoleException(
                    CONFLICT,
                    "The operator was changed",
                    "Somebody changed the operator meanwhile. Look at it and try again.");
        }
        Role role = role(call);
        boolean enabled = call.form().get("enabled").isPresent();
        requireOtherThanSelf(call, operator, "Another administrator must change your role and state.");
        operators(call)
                .change(
                        operator.name(),
                        new OperatorChange(
                                role == operator.role() ? null : role,
                                enabled == operator.enabled() ? null : Boolean.valueOf(enabled)));
        return Answer.redirect(Flash.OPERATOR_CHANGED.on(path(operator)));
    }

    /** So that nobody shuts themselves out by mistake. */
    private static void requireOtherThanSelf(ConsoleCall call, Operator operator, String reason) {
        if (operator.id() == call.operator().id()) {
            throw new ConsoleException(CONFLICT, "This is you", reason);
        }
    }

    private Answer askPassword(ConsoleCall call) {
        Operator operator = required(call);
        return confirm(
                call,
                operator,
                new Confirmation(
                                "New password for " + operator.name() + "?",
                                List.of("The old password stops working, and all sessions of the operator end."),
                                path(operator) + "/password",
                                "Make a new password")
                        .with("once", OnceTokens.draw(application.random())));
    }

    private Answer password(ConsoleCall call) {
        Operator operator = required(call);
        Operators.Renewed renewed = once.once(
                call,
                () -> operators(call).newPassword(operator.name(), made -> {}).orElseThrow());
        return secrets(
                call,
                "New password",
                operator,
                new Secrets("New password of " + operator.name(), "Hand it over now: it cannot be shown again.")
                        .add("Password", renewed.secret().reveal(), ""));
    }

    private Answer askToken(ConsoleCall call) {
        Operator operator = required(call);
        return confirm(
                call,
                operator,
                new Confirmation(
                                "New API token for " + operator.name() + "?",
                                List.of("The old token is refused at once."),
                                path(operator) + "/token",
                                "Make a new API token")
                        .with("once", OnceTokens.draw(application.random())));
    }

    private Answer token(ConsoleCall call) {
        Operator operator = required(call);
        Operators.Renewed renewed = once.once(
                call,
                () -> operators(call).newApiToken(operator.name(), made -> {}).orElseThrow());
        return secrets(
                call,
                "New API token",
                operator,
                new Secrets("New API token of " + operator.name(), "Hand it over now: it cannot be shown again.")
                        .add("API token", renewed.secret().reveal(), "Authorization: Bearer TOKEN"));
    }

    private Answer endSessions(ConsoleCall call) {
        Operator operator = required(call);
        Sessions sessions = application.changesBy(call.who()).sessions();
        OptionalLong id = OptionalLong.of(operator.id());
        for (Session session : sessions.list(id)) {
            sessions.revoke(session.number(), id);
        }
        return Answer.redirect(Flash.SESSIONS_ENDED.on(path(operator)));
    }

    private Answer confirm(ConsoleCall call, Operator operator, Confirmation confirmation) {
        return Answer.html(templates.page(
                "confirm",
                PageHead.of(call, "Operator " + operator.name(), MenuItem.OPERATORS),
                confirmation.orBackTo(path(operator))));
    }

    private String deletePage(ConsoleCall call, String error) {
        Operator operator = required(call);
        return templates.page(
                "confirm",
                PageHead.of(call, "Delete operator " + operator.name(), MenuItem.OPERATORS),
                new Confirmation(
                                "Delete operator " + operator.name() + "?",
                                List.of(
                                        "All sessions end, and the password and the API token are refused at once.",
                                        "The audit keeps the name. This cannot be undone."),
                                path(operator) + "/delete",
                                "Delete the operator")
                        .typing("Type the name of the operator to confirm", error)
                        .orBackTo(path(operator)));
    }

    private Answer delete(ConsoleCall call) {
        Operator operator = required(call);
        requireOtherThanSelf(call, operator, "Another administrator must delete you.");
        if (!call.form().get("typed").map(String::strip).equals(Optional.of(operator.name()))) {
            return Answer.html(deletePage(call, "This is not the name of the operator. Nothing was deleted."))
                    .withStatus(BAD_REQUEST);
        }
        operators(call).delete(operator.name());
        return Answer.redirect(Flash.OPERATOR_DELETED.on(PATH));
    }
}
