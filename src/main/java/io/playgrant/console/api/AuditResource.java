package io.playgrant.console.api;

import io.playgrant.app.Application;
import io.playgrant.audit.Audit;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.api.call.Paging;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.operator.Role;
import io.playgrant.view.AuditView;
import java.util.OptionalLong;

/** {@code /audit}: the latest changes, newest first. */
final class AuditResource implements AdminApi.Resource {

    private static final String PATH = "/audit";

    private final Application application;

    AuditResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get(PATH, Role.VIEWER, this::list);
    }

    private Answer list(ConsoleCall call) {
        Input query = Input.query(call);
        OptionalLong account =
                query.number("account", 1, Long.MAX_VALUE).map(OptionalLong::of).orElse(OptionalLong.empty());
        Paging<Long> paging = Paging.byNumber(query);
        query.check();
        OptionalLong before = paging.after().map(OptionalLong::of).orElse(OptionalLong.empty());
        Audit.Page page = application.audit().page(account, before, paging.limit());
        return Paging.answer(
                call,
                ApiRoutes.BASE + PATH,
                page.entries().stream().map(AuditView::json).toList(),
                page.next().isPresent() ? Long.toString(page.next().getAsLong()) : null);
    }
}
