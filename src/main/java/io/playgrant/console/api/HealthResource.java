package io.playgrant.console.api;

import io.playgrant.console.api.call.ApiJson;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.observe.Health;
import io.playgrant.operator.Role;

/** {@code /health}: the same as {@code /observe/health} of this node. Its status is 200 also if a check is down. */
final class HealthResource implements AdminApi.Resource {

    private final Health health;

    HealthResource(Health health) {
        this.health = health;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get("/health", Role.VIEWER, this::show);
    }

    private Answer show(ConsoleCall call) {
        Input.query(call).check();
        return ApiJson.ok(health.all());
    }
}
