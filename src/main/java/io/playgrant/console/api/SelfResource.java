package io.playgrant.console.api;

import io.playgrant.console.api.call.ApiJson;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.operator.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /me}: the operator who asks, and the version of the server. */
final class SelfResource implements AdminApi.Resource {

    private static final @Nullable String VERSION =
            SelfResource.class.getPackage().getImplementationVersion();

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get("/me", Role.VIEWER, SelfResource::show);
    }

    private static Answer show(ConsoleCall call) {
        Input.query(call).check();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", call.operator().name());
        json.put("role", call.operator().role().label());
        json.put("version", VERSION);
        return ApiJson.ok(json);
    }
}
