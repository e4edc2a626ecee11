package io.playgrant.console.page;

import io.playgrant.config.ConfigReport;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.operator.Role;
import java.util.List;
import java.util.Map;

/** The effective settings. */
final class SettingsPage implements ConsolePart {

    private final Templates templates;
    private final List<ConfigReport.Effective> settings;

    /**
     * A page of settings.
     *
     * @param settings those with which the server started, secrets masked
     */
    SettingsPage(Templates templates, List<ConfigReport.Effective> settings) {
        this.templates = templates;
        this.settings = List.copyOf(settings);
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page("GET", "/console/settings", Role.VIEWER, this::show);
    }

    private Answer show(ConsoleCall call) {
        List<Map<String, String>> rows = settings.stream()
                .map(setting ->
                        Map.of("setting", setting.variable(), "source", setting.source(), "value", setting.value()))
                .toList();
        return Answer.html(
                templates.page("settings", PageHead.of(call, "Settings", MenuItem.SETTINGS), Map.of("rows", rows)));
    }
}
