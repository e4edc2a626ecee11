package io.playgrant.console.api;

import io.playgrant.app.Application;
import io.playgrant.console.api.call.ApiException;
import io.playgrant.console.api.call.ApiJson;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.EntityTag;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.api.call.Paging;
import io.playgrant.console.api.call.ProblemType;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.operator.Operator;
import io.playgrant.operator.OperatorChange;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import io.playgrant.view.OperatorView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code /operators}. */
final class OperatorsResource implements AdminApi.Resource {

    private static final String PATH = "/operators";
    private static final String ONE = PATH + "/:name";

    private final Application application;

    OperatorsResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get(PATH, Role.ADMIN, this::list)
                .create(PATH, Role.ADMIN, this::create)
                .get(ONE, Role.ADMIN, this::show)
                .add("PATCH", ONE, Role.ADMIN, this::change)
                .add("DELETE", ONE, Role.ADMIN, this::delete)
                .create(ONE + "/password", Role.ADMIN, this::newPassword)
                .create(ONE + "/token", Role.ADMIN, this::newToken);
    }

    private Operator of(ConsoleCall call) {
        return application.operators().find(call.path("name")).orElseThrow(OperatorsResource::notFound);
    }

    private static ApiException notFound() {
        return ApiException.notFound("There is no operator of this name");
    }

    private static EntityTag tag(Operator operator) {
        return EntityTag.ofRevision(operator.revision());
    }

    private Answer list(ConsoleCall call) {
        Input query = Input.query(call);
        Paging<String> paging = Paging.of(query, Optional::of);
        query.check();
        String after = paging.after().orElse("");
        List<Operator> found = application.operators().list().stream()
                .filter(operator -> place(operator).compareTo(after) > 0)
                .limit(paging.limit() + 1L)
                .toList();
        return paging.answer(call, ApiRoutes.BASE + PATH, found, OperatorView::json, OperatorsResource::place);
    }

    private static String place(Operator operator) {
        return operator.name().toLowerCase(Locale.ROOT);
    }

    private Answer create(ConsoleCall call) {
        Input body = Input.body(call);
        body.require("name", "role");
        Optional<String> name =
                body.read("name", text -> Optional.of(text).filter(Operators::isName), Operators.NAME_FORM);
        Optional<Role> role = role(body);
        body.check();
        Operators.Created created = application
                .changesBy(call.who())
                .operators()
                .create(name.orElseThrow(), role.orElseThrow(), made -> {});
        return ApiRoutes.created(PATH + "/" + created.operator().name(), OperatorView.json(created))
                .with("ETag", tag(created.operator()).toString());
    }

    private static Optional<Role> role(Input body) {
        return body.choice("role", Role.values(), Role::label);
    }

    private Answer show(ConsoleCall call) {
        Input.query(call).check();
        Operator operator = of(call);
        return tag(operator).answer(call, OperatorView.json(operator));
    }

    private Answer change(ConsoleCall call) {
        Input body = Input.body(call);
        OperatorChange change =
                new OperatorChange(role(body).orElse(null), body.flag("enabled").orElse(null));
        body.check();
        Operator changed = application.database().inTransaction(handle -> {
            Operator operator = checked(call);
            return change.isNothing()
                    ? operator
                    : application
                            .changesBy(call.who())
                            .operators()
                            .change(operator.name(), change)
                            .orElseThrow(OperatorsResource::notFound);
        });
        return tag(changed).answer(OperatorView.json(changed));
    }

    /** The operator, locked until the transaction ends. */
    private Operator checked(ConsoleCall call) {
        Operator operator = application.operators().lock(call.path("name")).orElseThrow(OperatorsResource::notFound);
        tag(operator).require(call);
        if (operator.id() == call.operator().id()) {
            throw ApiException.of(ProblemType.FORBIDDEN, "This is you. Another administrator must do that");
        }
        return operator;
    }

    private Answer delete(ConsoleCall call) {
        Input.query(call).check();
        application
                .database()
                .inTransaction(handle -> application
                        .changesBy(call.who())
                        .operators()
                        .delete(checked(call).name()));
        return Answer.empty();
    }

    private Answer newPassword(ConsoleCall call) {
        return renew(call, Operators::newPassword, "password");
    }

    private Answer newToken(ConsoleCall call) {
        return renew(call, Operators::newApiToken, "apiToken");
    }

    private interface Renewal {
        Optional<Operators.Renewed> of(Operators operators, String name, Consumer<Operators.Renewed> handOver);
    }

    private Answer renew(ConsoleCall call, Renewal renewal, String member) {
        Input.body(call).check();
        Operators.Renewed renewed = renewal.of(
                        application.changesBy(call.who()).operators(), call.path("name"), secret -> {})
                .orElseThrow(OperatorsResource::notFound);
        return ApiJson.ok(OperatorView.json(renewed, member))
                .with("ETag", tag(renewed.operator()).toString());
    }
}
