package io.playgrant.console.api;

import io.playgrant.account.Account;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Credits;
import io.playgrant.account.Limit;
import io.playgrant.app.Application;
import io.playgrant.console.api.call.ApiJson;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.operator.Role;
import io.playgrant.storage.Revisions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /accounts/{account}/credits}. */
final class CreditsResource implements AdminApi.Resource {

    private static final String PATH = "/accounts/:account/credits";

    private final Application application;

    CreditsResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get(PATH, Role.VIEWER, this::show)
                .add("PUT", PATH, Role.ADMIN, this::set)
                .create(PATH, Role.ADMIN, this::add);
    }

    private Answer show(ConsoleCall call) {
        Input.query(call).check();
        Account account = AccountsResource.of(call, application);
        return AccountsResource.tag(account).answer(call, json(account));
    }

    private Answer set(ConsoleCall call) {
        Input body = Input.body(call);
        if (!body.has("credits")) {
            body.refuse("credits", "is missing");
        }
        Optional<Limit> credits = body.limit("credits", 0, Credits.MOST);
        body.check();
        Account changed = application.database().inTransaction(handle -> {
            Revisions.ACCOUNTS.lock(handle);
            Account account = AccountsResource.of(call, application);
            AccountsResource.tag(account).require(call);
            return change(call, account, AccountChange.credits(credits.orElseThrow()));
        });
        return AccountsResource.tag(changed).answer(json(changed));
    }

    private Answer add(ConsoleCall call) {
        Input body = Input.body(call);
        body.require("add");
        Optional<Long> more = body.number("add", 1, Credits.MOST);
        body.check();
        Account account = AccountsResource.of(call, application);
        Account changed =
                change(call, account, new AccountChange(null, null, null, null, null, more.orElseThrow(), null));
        return ApiJson.ok(json(changed))
                .with("ETag", AccountsResource.tag(changed).toString());
    }

    private Account change(ConsoleCall call, Account account, AccountChange change) {
        return application
                .changesBy(call.who())
                .accounts()
                .change(account.number(), change)
                .orElseThrow(() -> AccountsResource.notFound(account.number()));
    }

    private static Map<String, @Nullable Object> json(Account account) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("account", account.number());
        json.put("credits", account.credits().most());
        return json;
    }
}
