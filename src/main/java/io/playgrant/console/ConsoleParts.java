package io.playgrant.console;

import io.playgrant.app.Application;
import io.playgrant.config.ConfigReport;
import io.playgrant.console.api.AdminApi;
import io.playgrant.console.api.TokenIssuing;
import io.playgrant.console.http.Console;
import io.playgrant.console.http.ConsoleLimits;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.page.Pages;
import io.playgrant.console.page.RefusalPage;
import io.playgrant.console.page.StaticFiles;
import io.playgrant.console.page.Templates;
import io.playgrant.console.request.RequestParts;
import io.playgrant.console.signin.SessionPages;
import io.playgrant.console.signin.SignInPages;
import io.playgrant.observe.Health;
import java.util.ArrayList;
import java.util.List;

/** Puts the parts of the console together. A new part is one line here. */
public final class ConsoleParts {

    private ConsoleParts() {}

    /**
     * Opens the console.
     *
     * @param health the health of this node, for its pages
     * @param settings the settings with which it started, secrets masked
     * @param issuing issues tokens through the flow of this node
     */
    public static Console open(
            Application application, Health health, List<ConfigReport.Effective> settings, TokenIssuing issuing) {
        return open(application, health, settings, issuing, List.of(), ConsoleLimits.DEFAULT);
    }

    /** The same with more parts and other limits. */
    static Console open(
            Application application,
            Health health,
            List<ConfigReport.Effective> settings,
            TokenIssuing issuing,
            List<ConsolePart> more,
            ConsoleLimits limits) {
        StaticFiles files = new StaticFiles();
        Templates templates = new Templates(files, version());
        List<ConsolePart> parts = new ArrayList<>(List.of(
                new SignInPages(application, templates),
                new SessionPages(application, templates),
                new Pages(templates, files, application, health, settings),
                new RequestParts(templates, application),
                new AdminApi(application, health, issuing)));
        parts.addAll(more);
        return new Console(application, parts, new RefusalPage(templates), limits);
    }

    private static String version() {
        String version = ConsoleParts.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }
}
