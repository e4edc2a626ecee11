package io.playgrant.console.page;

import io.playgrant.account.Account;
import io.playgrant.account.Authenticators;
import io.playgrant.account.Environment;
import io.playgrant.account.Purpose;
import io.playgrant.account.StoredAuthenticator;
import io.playgrant.app.Application;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsoleException;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.operator.Role;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The forms that add and revoke authenticators of accounts. */
final class AuthenticatorPages implements ConsolePart {

    private static final String ALL = AccountPages.PATH + "/:number/authenticators";
    private static final String REVOKE = ALL + "/:id/revoke";
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final Templates templates;
    private final Application application;
    private final OnceTokens once;

    /** Forms of these accounts' authenticators. */
    AuthenticatorPages(Templates templates, Application application, OnceTokens once) {
        this.templates = templates;
        this.application = application;
        this.once = once;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page("POST", ALL, Role.ADMIN, this::add)
                .page("GET", REVOKE, Role.ADMIN, this::askRevoke)
                .page("POST", REVOKE, Role.ADMIN, this::revoke);
    }

    private Authenticators authenticators(ConsoleCall call) {
        return application.changesBy(call.who()).accounts().authenticators();
    }

    private Answer add(ConsoleCall call) {
        Account account = AccountPages.required(application, call);
        Environment environment = chosen(call, "environment", Environment.values(), Environment::label);
        Purpose purpose = chosen(call, "purpose", Purpose.values(), Purpose::label);
        Authenticators.Added added = once.once(
                call,
                () -> authenticators(call)
                        .add(account.number(), environment, purpose)
                        .orElseThrow(() -> gone(account.number())));
        Secrets secrets = new Secrets(
                        "Authenticator " + added.id() + " was added",
                        "Save the authenticator now: it cannot be shown again.")
                .add(
                        "Authenticator, " + environment.label(),
                        added.authenticator().reveal(),
                        purpose == Purpose.PACKAGING ? "For requests of packagers only." : "");
        return Answer.html(templates.page(
                "secrets",
                PageHead.of(call, "Authenticator added", MenuItem.ACCOUNTS),
                secrets.thenGoTo(AccountPages.path(account.number()), "Show the account")));
    }

    private static <T> T chosen(ConsoleCall call, String field, T[] values, Function<T, String> label) {
        String text = call.form().get(field).orElse("");
        return Arrays.stream(values)
                .filter(value -> label.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new ConsoleException(
                        BAD_REQUEST, "No authenticator was added", "The field " + field + " has no valid value."));
    }

    private Answer askRevoke(ConsoleCall call) {
        Account account = AccountPages.required(application, call);
        StoredAuthenticator authenticator = required(account, call);
        return Answer.html(templates.page(
                "confirm",
                PageHead.of(call, "Revoke authenticator " + authenticator.id(), MenuItem.ACCOUNTS),
                new Confirmation(
                                "Revoke authenticator " + authenticator.id() + " of account " + account.number() + "?",
                                List.of(
                                        "It is valid in the "
                                                + authenticator.environment().label() + " environment, for "
                                                + authenticator.purpose().label() + ".",
                                        "Servers refuse requests with it within about two seconds. This cannot be undone."),
                                AccountPages.path(account.number()) + "/authenticators/" + authenticator.id()
                                        + "/revoke",
                                "Revoke")
                        .orBackTo(AccountPages.path(account.number()))));
    }

    private Answer revoke(ConsoleCall call) {
        Account account = AccountPages.required(application, call);
        StoredAuthenticator authenticator = required(account, call);
        authenticators(call).revoke(account.number(), authenticator.id());
        return Answer.redirect(Flash.AUTHENTICATOR_REVOKED.on(AccountPages.path(account.number())));
    }

    private static StoredAuthenticator required(Account account, ConsoleCall call) {
        return account.authenticators().stream()
                .filter(authenticator -> Long.toString(authenticator.id()).equals(call.path("id")))
                .findFirst()
                .orElseThrow(() -> new ConsoleException(
                        NOT_FOUND,
                        "No such authenticator",
                        "Account " + account.number() + " has no such authenticator. It may have been revoked."));
    }

    private static ConsoleException gone(long number) {
        return new ConsoleException(NOT_FOUND, "No such account", "Account " + number + " was deleted meanwhile.");
    }
}
