package io.playgrant.config;

import java.util.List;

/**
 * The settings of the console and the admin API.
 *
 * @param enabled whether the management port serves them
 * @param hosts patterns of the host names under which browsers reach the console, beside addresses and {@code localhost}
 */
public record ConsoleSettings(boolean enabled, List<String> hosts) {

    private static final Setting<Boolean> CONSOLE = new Setting<>("playgrant.console", SettingParsers::onOff);
    private static final Setting<List<String>> HOSTS =
            new Setting<>("playgrant.console.hosts", SettingParsers::hostPatterns);

    /** All of them, in the order of {@code application.properties}. */
    static final List<Setting<?>> ALL = List.of(CONSOLE, HOSTS);

    /**
     * Reads the settings.
     *
     * @throws SettingsException with a message that names the wrong setting
     */
    static ConsoleSettings read(SettingsSource source) {
        return new ConsoleSettings(source.get(CONSOLE), source.get(HOSTS));
    }
}
