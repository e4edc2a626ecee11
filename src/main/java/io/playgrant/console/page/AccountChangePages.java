package io.playgrant.console.page;

import io.playgrant.account.Account;
import io.playgrant.account.AccountChange;
import io.playgrant.account.AccountException;
import io.playgrant.account.Accounts;
import io.playgrant.account.Credits;
import io.playgrant.account.Environment;
import io.playgrant.account.NewAccount;
import io.playgrant.app.Application;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsoleException;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.operator.Role;
import io.playgrant.storage.Revisions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The forms that create, change and delete accounts. */
final class AccountChangePages implements ConsolePart {

    private static final String ONE = AccountPages.PATH + "/:number";
    private static final String FORM = "account-form";
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    private final Templates templates;
    private final Application application;
    private final OnceTokens once;

    /** Forms of these accounts. */
    AccountChangePages(Templates templates, Application application, OnceTokens once) {
        this.templates = templates;
        this.application = application;
        this.once = once;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page(
                        "GET",
                        AccountPages.PATH + "/new",
                        Role.ADMIN,
                        call -> Answer.html(newPage(call, AccountForm.empty())))
                .page("POST", AccountPages.PATH, Role.ADMIN, this::create)
                .page("GET", ONE + "/change", Role.ADMIN, this::askChange)
                .page("POST", ONE + "/change", Role.ADMIN, call -> locked(() -> change(call)))
                .page("POST", ONE + "/enable", Role.ADMIN, call -> locked(() -> enable(call, true)))
                .page("POST", ONE + "/disable", Role.ADMIN, call -> locked(() -> enable(call, false)))
                .page("POST", ONE + "/credits", Role.ADMIN, this::addCredits)
                .page("GET", ONE + "/delete", Role.ADMIN, call -> Answer.html(deletePage(call, "")))
                .page("POST", ONE + "/delete", Role.ADMIN, this::delete);
    }

    private Accounts accounts(ConsoleCall call) {
        return application.changesBy(call.who()).accounts();
    }

    private String newPage(ConsoleCall call, AccountForm form) {
        Map<String, Object> model = new HashMap<>(form.model());
        model.put("isNew", true);
        model.put("heading", "Create an account");
        model.put("action", AccountPages.PATH);
        model.put("cancel", AccountPages.PATH);
        model.put("cancelLabel", "Accounts");
        model.put("button", "Create");
        model.put("revision", "");
        model.put("problem", "");
        model.put("creditsHint", "The number of tokens that the account may obtain, or any.");
        model.put("once", OnceTokens.draw(application.random()));
        return templates.page(FORM, PageHead.of(call, "Create an account", MenuItem.ACCOUNTS), model);
    }

    private Answer create(ConsoleCall call) {
        AccountForm form = AccountForm.sent(call.form());
        Optional<NewAccount> wanted = form.toCreate();
        if (wanted.isEmpty()) {
            return Answer.html(newPage(call, form)).withStatus(BAD_REQUEST);
        }
        Accounts.Created created = once.once(call, () -> accounts(call).create(wanted.get()));
        Secrets secrets = new Secrets(
                "Account " + created.account().number() + " was created",
                "Save the authenticators now: they cannot be shown again.");
        for (Environment environment : Environment.values()) {
            secrets.add(
                    "Authenticator, " + environment.label(),
                    created.authenticator(environment).reveal(),
                    environment == Environment.TEST ? "For hosts of the test environment." : "");
        }
        return Answer.html(templates.page(
                "secrets",
                PageHead.of(call, "Account created", MenuItem.ACCOUNTS),
                secrets.thenGoTo(AccountPages.path(created.account().number()), "Show the account")));
    }

    private Answer askChange(ConsoleCall call) {
        Account account = AccountPages.required(application, call);
        return Answer.html(changePage(call, account, AccountForm.of(account), ""));
    }

    private String changePage(ConsoleCall call, Account account, AccountForm form, String problem) {
        Map<String, Object> model = new HashMap<>(form.model());
        model.put("isNew", false);
        model.put("heading", "Change account " + account.number());
        model.put("action", AccountPages.path(account.number()) + "/change");
        model.put("cancel", AccountPages.path(account.number()));
        model.put("cancelLabel", account.name());
        model.put("button", "Save");
        model.put("revision", account.revision());
        model.put("problem", problem);
        model.put(
                "creditsHint",
                "The account has " + PageText.grouped(account.credits())
                        + ". Empty: leaves them as they are. A number sets them; any removes the limit.");
        model.put("once", "");
        return templates.page(FORM, PageHead.of(call, "Change account " + account.number(), MenuItem.ACCOUNTS), model);
    }

    /** No other change is made meanwhile: nobody overwrites what they have not seen. */
    private Answer locked(Supplier<Answer> change) {
        return application.database().inTransaction(transaction -> {
            Revisions.ACCOUNTS.lock(transaction);
            return change.get();
        });
    }

    private Answer change(ConsoleCall call) {
        Account account = AccountPages.required(application, call);
        AccountForm form = AccountForm.sent(call.form());
        if (!isCurrent(call, account)) {
            return Answer.html(
                            changePage(
                                    call,
                                    account,
                                    AccountForm.of(account),
                                    "Somebody changed the account meanwhile. The form shows it as it is now; nothing of yours was saved."))
                    .withStatus(CONFLICT);
        }
        Optional<AccountChange> change = form.toChange(account);
        if (change.isEmpty()) {
            return Answer.html(changePage(call, account, form, "")).withStatus(BAD_REQUEST);
        }
        if (!change.get().isNothing()) {
            accounts(call).change(account.number(), change.get());
        }
        return Answer.redirect(Flash.ACCOUNT_CHANGED.on(AccountPages.path(account.number())));
    }

    private Answer enable(ConsoleCall call, boolean enabled) {
        Account account = AccountPages.required(application, call);
        if (!isCurrent(call, account)) {
            throw new ConsoleException(
                    CONFLICT,
                    "The account was changed",
                    "Somebody changed the account meanwhile. Look at it and try again.");
        }
        accounts(call).change(account.number(), AccountChange.enabled(enabled));
        Flash done = enabled ? Flash.ACCOUNT_ENABLED : Flash.ACCOUNT_DISABLED;
        return Answer.redirect(done.on(AccountPages.path(account.number())));
    }

    private static boolean isCurrent(ConsoleCall call, Account account) {
        return call.form().get("revision").equals(Optional.of(Long.toString(account.revision())));
    }

    private Answer addCredits(ConsoleCall call) {
        Account account = AccountPages.required(application, call);
        long more = call.form()
                .get("credits")
                .flatMap(AccountChangePages::credits)
                .orElseThrow(() -> new ConsoleException(
                        BAD_REQUEST,
                        "No credits were added",
                        "Enter a number from 1 to " + PageText.grouped(Credits.MOST) + "."));
        try {
            once.once(
                    call,
                    () -> accounts(call)
                            .change(account.number(), new AccountChange(null, null, null, null, null, more, null)));
        } catch (AccountException e) {
            throw new ConsoleException(CONFLICT, "No credits were added", e.getMessage() + ".");
        }
        return Answer.redirect(Flash.CREDITS_ADDED.on(AccountPages.path(account.number())));
    }

    private static Optional<Long> credits(String text) {
        try {
            long number = Long.parseLong(text.strip());
            return number >= 1 && number <= Credits.MOST ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private String deletePage(ConsoleCall call, String error) {
        Account account = AccountPages.required(application, call);
        Map<String, Object> model = new Confirmation(
                        "Delete account " + account.number() + ", " + account.name() + "?",
                        List.of(
                                "Its authenticators and credits are deleted with it, and its requests are refused. Tokens that were issued"
                                        + " to it can no longer be redeemed.",
                                "This cannot be undone. To refuse its requests for a while, disable it instead."),
                        AccountPages.path(account.number()) + "/delete",
                        "Delete the account")
                .typing("Type the number of the account to confirm", error)
                .orBackTo(AccountPages.path(account.number()));
        return templates.page(
                "confirm", PageHead.of(call, "Delete account " + account.number(), MenuItem.ACCOUNTS), model);
    }

    private Answer delete(ConsoleCall call) {
        Account account = AccountPages.required(application, call);
        if (!call.form().get("typed").map(String::strip).equals(Optional.of(Long.toString(account.number())))) {
            return Answer.html(deletePage(call, "This is not the number of the account. Nothing was deleted."))
                    .withStatus(BAD_REQUEST);
        }
        accounts(call).delete(account.number());
        return Answer.redirect(Flash.ACCOUNT_DELETED.on(AccountPages.PATH));
    }
}
