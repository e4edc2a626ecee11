package io.playgrant.console.api;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.api.call.Paging;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.contentkey.KeyId;
import io.playgrant.operator.Role;
import io.playgrant.record.RecordCursor;
import io.playgrant.record.RecordObject;
import io.playgrant.record.RecordPage;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.TokenRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /records}: the records of answers, newest first. A search ends after its budget, and its cursor continues there. */
final class RecordsResource implements AdminApi.Resource {

    private static final String PATH = "/records";
    private static final Duration BUDGET = Duration.ofSeconds(2);

    private final Application application;

    RecordsResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get(PATH, Role.VIEWER, this::search);
    }

    private Answer search(ConsoleCall call) {
        Input query = Input.query(call);
        Optional<Long> account = query.number("account", 1, Long.MAX_VALUE);
        Optional<Environment> environment = query.optionalEnvironment();
        RecordQuery.Filter filter = filter(query);
        Optional<Instant> from = query.read("from", RecordQuery::time, Input.TIME_FORM);
        Optional<Instant> to = query.read("to", RecordQuery::time, Input.TIME_FORM);
        Paging<RecordCursor> paging = Paging.of(query, RecordCursor::parse);
        query.check();
        RecordPage page = application
                .records()
                .search(
                        new RecordQuery(
                                account.orElse(null),
                                environment.orElse(null),
                                filter,
                                from.orElse(null),
                                to.orElse(null),
                                paging.after().orElse(null),
                                paging.limit()),
                        BUDGET);
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        more.put(
                "searchedTo",
                page.searchedTo() == null ? null : page.searchedTo().toString());
        return Paging.answer(
                call,
                ApiRoutes.BASE + PATH,
                page.records().stream().map(RecordObject::of).toList(),
                page.next() == null ? null : page.next().text(),
                more);
    }

    private static RecordQuery.Filter filter(Input query) {
        Optional<KeyId> kid = Inputs.kid(query, "kid");
        return new RecordQuery.Filter(
                query.text("cookie").orElse(null),
                Inputs.tokenId(query, "tokenId").orElse(null),
                kid.orElse(null),
                query.number("code", Integer.MIN_VALUE, Integer.MAX_VALUE)
                        .map(Long::intValue)
                        .orElse(null),
                query.text("requestId").orElse(null),
                query.text("contentId").orElse(null),
                query.text("address").orElse(null),
                query.choice("operation", TokenRecord.Operation.values(), TokenRecord.Operation::label)
                        .orElse(null),
                null);
    }
}
