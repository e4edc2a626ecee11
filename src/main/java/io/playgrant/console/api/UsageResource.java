package io.playgrant.console.api;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.api.call.Paging;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.operator.Role;
import io.playgrant.usage.Grouping;
import io.playgrant.usage.UsageQuery;
import io.playgrant.view.UsageView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code /usage}: the counts of answers. */
final class UsageResource implements AdminApi.Resource {

    private static final Duration USUAL_PERIOD = Duration.ofDays(1);

    /** Longer periods have too many minutes for an answer. */
    private static final Duration LONGEST_BY_MINUTE = Duration.ofDays(7);

    private static final Duration LONGEST = Duration.ofDays(3_660);

    private final Application application;

    UsageResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get("/usage", Role.VIEWER, this::find);
    }

    private Answer find(ConsoleCall call) {
        Input query = Input.query(call);
        Optional<Long> account = query.number("account", 1, Long.MAX_VALUE);
        Optional<Environment> environment = query.optionalEnvironment();
        Instant to = query.time("to").orElse(application.clock().instant());
        Instant from = query.time("from").orElse(to.minus(USUAL_PERIOD));
        Grouping by = query.choice("by", Grouping.values(), Grouping::label).orElse(Grouping.HOUR);
        Duration longest = by == Grouping.MINUTE ? LONGEST_BY_MINUTE : LONGEST;
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(longest) > 0) {
            query.refuse("from", "must be before to, by at most " + longest.toDays() + " days");
        }
        query.check();
        return Paging.all(application
                .usage()
                .find(new UsageQuery(
                        account.map(OptionalLong::of).orElse(OptionalLong.empty()), environment, from, to, by))
                .stream()
                .map(row -> UsageView.json(row, by))
                .toList());
    }
}
