package io.playgrant.console.api;

import io.playgrant.account.Authenticators;
import io.playgrant.account.Environment;
import io.playgrant.account.Purpose;
import io.playgrant.app.Application;
import io.playgrant.console.api.call.ApiException;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.api.call.Paging;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.operator.Role;
import io.playgrant.view.AuthenticatorView;

/** {@code /accounts/{account}/authenticators}. An authenticator never changes; it is added, shown once, and revoked. */
final class AuthenticatorsResource implements AdminApi.Resource {

    private static final String PATH = "/accounts/:account/authenticators";

    private final Application application;

    AuthenticatorsResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get(PATH, Role.VIEWER, this::list)
                .create(PATH, Role.ADMIN, this::add)
                .add("DELETE", PATH + "/:id", Role.ADMIN, this::revoke);
    }

    private Answer list(ConsoleCall call) {
        Input.query(call).check();
        return Paging.all(AccountsResource.of(call, application).authenticators().stream()
                .map(AuthenticatorView::json)
                .toList());
    }

    private Answer add(ConsoleCall call) {
        Input body = Input.body(call);
        Environment environment = body.environment();
        Purpose purpose = body.choice("for", Purpose.values(), Purpose::label).orElse(Purpose.TOKENS);
        body.check();
        long account = ApiRoutes.number(call, "account");
        Authenticators.Added added = application
                .changesBy(call.who())
                .accounts()
                .authenticators()
                .add(account, environment, purpose)
                .orElseThrow(() -> AccountsResource.notFound(account));
        return ApiRoutes.created(
                "/accounts/" + account + "/authenticators/" + added.id(),
                AuthenticatorView.json(added, environment, purpose));
    }

    private Answer revoke(ConsoleCall call) {
        Input.query(call).check();
        long account = ApiRoutes.number(call, "account");
        long id = ApiRoutes.number(call, "id");
        if (!application.changesBy(call.who()).accounts().authenticators().revoke(account, id)) {
            throw ApiException.notFound("Account " + account + " has no authenticator " + id);
        }
        return Answer.empty();
    }
}
