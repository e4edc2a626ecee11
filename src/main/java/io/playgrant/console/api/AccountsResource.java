package io.playgrant.console.api;

import io.playgrant.account.Account;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Accounts;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Credits;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.console.api.call.ApiException;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.EntityTag;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.api.call.Paging;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.operator.Role;
import io.playgrant.storage.Revisions;
import io.playgrant.view.AccountView;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /accounts}. */
final class AccountsResource implements AdminApi.Resource {

    private static final String PATH = "/accounts";
    private static final String ONE = PATH + "/:account";
    private static final int LONGEST_NAME = 200;
    private static final int HIGHEST_RATE = 1_000_000;

    private final Application application;

    AccountsResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get(PATH, Role.VIEWER, this::list)
                .create(PATH, Role.ADMIN, this::create)
                .get(ONE, Role.VIEWER, this::show)
                .add("PATCH", ONE, Role.ADMIN, this::change)
                .add("DELETE", ONE, Role.ADMIN, this::delete);
    }

    /** The account in a path. */
    static Account of(ConsoleCall call, Application application) {
        long number = ApiRoutes.number(call, "account");
        return application.accounts().find(number).orElseThrow(() -> notFound(number));
    }

    static ApiException notFound(long number) {
        return ApiException.notFound("There is no account " + number);
    }

    /** Tokens lower the balance without anybody changing the account. */
    static EntityTag tag(Account account) {
        return EntityTag.ofRevision(account.revision()).with(account.credits().toString());
    }

    private Answer list(ConsoleCall call) {
        Input query = Input.query(call);
        Paging<Long> paging = Paging.byNumber(query);
        query.check();
        List<Account> found = application.accounts().page(paging.after().orElse(0L), paging.limit() + 1);
        return paging.answer(
                call, ApiRoutes.BASE + PATH, found, AccountView::json, account -> Long.toString(account.number()));
    }

    private Answer create(ConsoleCall call) {
        Input body = Input.body(call);
        body.require("name");
        Optional<String> name = body.line("name", 1, LONGEST_NAME);
        Optional<Profile> profile = profile(body);
        Optional<List<AddressRange>> networks = body.networks("networks");
        Optional<Limit> credits = body.limit("credits", 0, Credits.MOST);
        Optional<Limit> rate = rate(body);
        body.check();
        Accounts.Created created = application
                .changesBy(call.who())
                .accounts()
                .create(new NewAccount(
                        name.orElseThrow(),
                        profile.orElse(Profile.STRICT),
                        networks.orElse(List.of()),
                        credits.orElse(Limit.NONE),
                        rate.orElse(Limit.NONE)));
        return ApiRoutes.created(PATH + "/" + created.account().number(), AccountView.json(created))
                .with("ETag", tag(created.account()).toString());
    }

    private Answer show(ConsoleCall call) {
        Input.query(call).check();
        Account account = of(call, application);
        return tag(account).answer(call, AccountView.json(account));
    }

    private Answer change(ConsoleCall call) {
        Input body = Input.body(call);
        Set<Environment> on = EnumSet.noneOf(Environment.class);
        Set<Environment> off = EnumSet.noneOf(Environment.class);
        body.object("packaging", packaging -> readPackaging(packaging, on, off));
        AccountChange change = new AccountChange(
                        profile(body).orElse(null),
                        body.flag("enabled").orElse(null),
                        body.flag("widevine").orElse(null),
                        body.networks("networks").orElse(null),
                        null,
                        null,
                        rate(body).orElse(null))
                .withPackaging(true, on)
                .withPackaging(false, off);
        body.check();
        Account changed = application.database().inTransaction(handle -> {
            Revisions.ACCOUNTS.lock(handle);
            Account account = of(call, application);
            tag(account).require(call);
            return change.isNothing()
                    ? account
                    : application
                            .changesBy(call.who())
                            .accounts()
                            .change(account.number(), change)
                            .orElseThrow(() -> notFound(account.number()));
        });
        return tag(changed).answer(AccountView.json(changed));
    }

    private static void readPackaging(Input packaging, Set<Environment> on, Set<Environment> off) {
        for (Environment environment : Environment.values()) {
            packaging.flag(environment.label()).ifPresent(is -> (is ? on : off).add(environment));
        }
    }

    private static Optional<Profile> profile(Input body) {
        return body.choice("profile", Profile.values(), Profile::label);
    }

    private static Optional<Limit> rate(Input body) {
        return body.limit("rate", 1, HIGHEST_RATE);
    }

    private Answer delete(ConsoleCall call) {
        Input.query(call).check();
        application.database().inTransaction(handle -> {
            Revisions.ACCOUNTS.lock(handle);
            Account account = of(call, application);
            tag(account).require(call);
            return application.changesBy(call.who()).accounts().delete(account.number());
        });
        return Answer.empty();
    }
}
