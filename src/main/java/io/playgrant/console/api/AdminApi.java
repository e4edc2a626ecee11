package io.playgrant.console.api;

import io.playgrant.app.Application;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Idempotency;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.observe.Health;
import java.util.List;

/** The admin API: all operations under {@code /api/v1}, and the document that describes them. */
public final class AdminApi implements ConsolePart {

    private final Application application;
    private final Health health;
    private final TokenIssuing issuing;

    /**
     * The API of an installation.
     *
     * @param health the health of this node
     * @param issuing issues tokens through the flow of this node
     */
    public AdminApi(Application application, Health health, TokenIssuing issuing) {
        this.application = application;
        this.health = health;
        this.issuing = issuing;
    }

    /** A resource. */
    interface Resource {

        /** Adds its operations. */
        void addTo(ApiRoutes routes);
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        ApiRoutes api = new ApiRoutes(
                routes, new Idempotency(application.database(), application.clock(), application.random()));
        List<Resource> resources = List.of(
                new SelfResource(),
                new HealthResource(health),
                new AccountsResource(application),
                new CreditsResource(application),
                new AuthenticatorsResource(application),
                new SignersResource(application),
                new KeysResource(application),
                new PackagerCommandResource(application),
                new RecordsResource(application),
                new RevocationsResource(application),
                new TokensResource(application, issuing),
                new RingsResource(application),
                new NodesResource(application),
                new UsageResource(application),
                new AuditResource(application),
                new OperatorsResource(application),
                new SessionsResource(application));
        resources.forEach(resource -> resource.addTo(api));
        new ApiDocument().addTo(routes);
    }
}
