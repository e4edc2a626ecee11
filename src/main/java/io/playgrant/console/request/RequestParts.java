package io.playgrant.console.request;

import io.playgrant.app.Application;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.console.page.Templates;
import io.playgrant.view.story.StoryTeller;
import java.time.Duration;

/** The pages Requests and Explain. */
public final class RequestParts implements ConsolePart {

    /** How long a search may take before its page is sent, which then continues by itself. */
    static final Duration BUDGET = Duration.ofMillis(150);

    private final RequestPages requests;
    private final TokenPages tokens;
    private final ExplainPages explain;

    /** Pages of an installation. */
    public RequestParts(Templates templates, Application application) {
        this(templates, application, BUDGET);
    }

    /** With another budget of searches, for tests. */
    RequestParts(Templates templates, Application application, Duration budget) {
        StoryTeller teller = new StoryTeller(
                application.records(), application.accounts(), application.revocations(), budget, application.clock());
        this.tokens = new TokenPages(templates, application, teller);
        this.explain = new ExplainPages(templates, application, teller);
        this.requests = new RequestPages(templates, application, explain, budget);
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        requests.addTo(routes);
        tokens.addTo(routes);
        explain.addTo(routes);
    }
}
