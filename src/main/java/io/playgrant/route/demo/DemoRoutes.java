package io.playgrant.route.demo;

import io.playgrant.account.CustomerAuthenticator;
import io.playgrant.app.Application;
import io.playgrant.revocation.RevocationCache;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.http.Endpoint;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.support.CamelContextHelper;

/**
 * The page of the demo, and the calls that it makes beside those of the service. They stand here and not in {@code routes/}, so that no
 * other server has them.
 */
public final class DemoRoutes extends RouteBuilder {

    /** The path of the page. */
    public static final String HOME = DemoFiles.PATH;

    private static final String SOURCE = "demo";

    private final CustomerAuthenticator authenticator;
    private final Application application;
    private final DemoTokens tokens;
    private final RecentRefusals refusals;

    /**
     * The routes of a demo.
     *
     * @param authenticator of the demo's account, which ends with the demo; the page shows it
     * @param revocations those that redemptions know of
     */
    public DemoRoutes(Application application, CustomerAuthenticator authenticator, RevocationCache revocations) {
        this.application = application;
        this.authenticator = authenticator;
        this.tokens = new DemoTokens(application, revocations);
        this.refusals = new RecentRefusals(application.clock());
    }

    @Override
    public void configure() {
        CamelContextHelper.mandatoryLookup(getContext(), RefusalLog.NAME, RefusalLog.class)
                .alsoTell(refusals::add);
        StepRegistry steps = new StepRegistry(getContext());
        json(steps, "account", "GET", this::account);
        json(steps, "explain", "POST", tokens::explain);
        json(steps, "expire", "POST", tokens::expire);
        json(steps, "revoke", "POST", tokens::revoke);
        json(steps, "refusal", "GET", refusals::find);

        endpoint("", "GET", "HEAD").bind(steps);
        steps.processor("demo-file", new DemoFiles()::answer);
        // After those above: the first route that matches a path gets the request.
        from("platform-http:" + DemoFiles.PATH + "?matchOnUriPrefix=true")
                .routeId("demo-files")
                .routeConfigurationId("http-errors")
                .process("read-call")
                .process("demo-file");
    }

    /** A call that is answered with json. */
    private void json(StepRegistry steps, String name, String method, Function<DemoCall, Object> answer) {
        String step = SOURCE + "-" + name;
        endpoint(name, method).withJsonErrors().bind(steps);
        steps.answer(step, DemoCall.class, answer);
        from("platform-http:" + DemoFiles.PATH + name)
                .routeId(step)
                .routeConfigurationId("http-errors")
                .process("read-call")
                .process(step)
                .marshal()
                .json(JsonLibrary.Jackson)
                .setHeader("Content-Type", constant("application/json"));
    }

    private static Endpoint endpoint(String name, String... methods) {
        return Endpoint.at(DemoFiles.PATH + name, SOURCE)
                .methods(methods)
                .content(Endpoint.Content.FORM)
                .readBy(DemoCall::new);
    }

    private Object account(DemoCall call) {
        return Map.of(
                "customerAuthenticator",
                authenticator.reveal(),
                "dataDir",
                application.settings().dataDir().toString());
    }
}
