package io.playgrant.console.api;

import io.playgrant.app.Application;
import io.playgrant.console.api.call.ApiException;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.api.call.Paging;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.operator.Role;
import io.playgrant.view.OperatorView;
import java.util.OptionalLong;

/** {@code /sessions}: the sessions in the console. Operators see and revoke their own, administrators all. */
final class SessionsResource implements AdminApi.Resource {

    private static final String PATH = "/sessions";

    private final Application application;

    SessionsResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get(PATH, Role.VIEWER, this::list).add("DELETE", PATH + "/:number", Role.VIEWER, this::revoke);
    }

    private static OptionalLong whose(ConsoleCall call) {
        return call.mayDo(Role.ADMIN)
                ? OptionalLong.empty()
                : OptionalLong.of(call.operator().id());
    }

    private Answer list(ConsoleCall call) {
        Input.query(call).check();
        return Paging.all(application.sessions().list(whose(call)).stream()
                .map(OperatorView::json)
                .toList());
    }

    private Answer revoke(ConsoleCall call) {
        Input.query(call).check();
        long number = ApiRoutes.number(call, "number");
        if (!application.changesBy(call.who()).sessions().revoke(number, whose(call))) {
            throw ApiException.notFound("There is no session " + number);
        }
        return Answer.empty();
    }
}
