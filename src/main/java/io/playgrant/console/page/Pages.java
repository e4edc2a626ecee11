package io.playgrant.console.page;

import io.playgrant.app.Application;
import io.playgrant.config.ConfigReport;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.observe.Health;
import java.util.List;

/** All pages that show an installation. */
public final class Pages implements ConsolePart {

    private final List<ConsolePart> parts;

    /**
     * Pages of an installation.
     *
     * @param health the health of this node
     * @param settings the settings with which it started, secrets masked
     */
    public Pages(
            Templates templates,
            StaticFiles files,
            Application application,
            Health health,
            List<ConfigReport.Effective> settings) {
        UsageFigures usage = new UsageFigures(application.usage());
        OnceTokens once = new OnceTokens();
        this.parts = List.of(
                new StaticPages(files),
                new OverviewPage(templates, application, health, usage),
                new TrafficCharts(templates, application),
                new AccountPages(templates, application, usage),
                new AccountChangePages(templates, application, once),
                new AuthenticatorPages(templates, application, once),
                new KeyPages(templates, application),
                new RingPages(templates, application, once),
                new AuditPage(templates, application),
                new SettingsPage(templates, settings),
                new OperatorPages(templates, application, once));
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        parts.forEach(part -> part.addTo(routes));
    }
}
