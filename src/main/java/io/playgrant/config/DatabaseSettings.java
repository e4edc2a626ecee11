package io.playgrant.config;

import io.playgrant.storage.DatabaseServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of a PostgreSQL database, which replaces the embedded one. */
final class DatabaseSettings {

    static final Setting<Optional<String>> URL = new Setting<>("playgrant.database.url", SettingParsers::databaseUrl);
    private static final Setting<Optional<String>> USER =
            new Setting<>("playgrant.database.user", SettingParsers::text);
    private static final Setting<Optional<String>> PASSWORD =
            new Setting<>("playgrant.database.password", SettingParsers::text, true);
    private static final Setting<Optional<Path>> PASSWORD_FILE =
            new Setting<>("playgrant.database.password.file", SettingParsers::file);

    /** All of them, in the order of {@code application.properties}. */
    static final List<Setting<?>> ALL = List.of(URL, USER, PASSWORD, PASSWORD_FILE);

    private DatabaseSettings() {}

    /**
     * Reads the settings.
     *
     * @return empty if no URL is set
     * @throws SettingsException with a message that names the wrong setting
     */
    static Optional<DatabaseServer> read(Path home, SettingsSource source) {
        Optional<String> url = source.get(URL);
        Optional<String> user = source.get(USER);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (user.isEmpty()) {
            throw new SettingsException(URL.variable() + " needs " + USER.variable());
        }
        return Optional.of(new DatabaseServer(url.get(), user.get(), password(home, source)));
    }

    private static String password(Path home, SettingsSource source) {
        Optional<String> password = source.get(PASSWORD);
        Optional<Path> file = source.get(PASSWORD_FILE);
        if (password.isPresent() && file.isPresent()) {
            throw new SettingsException(
                    "Only one of " + PASSWORD.variable() + " and " + PASSWORD_FILE.variable() + " can be set");
        }
        return file.map(path -> SecretTextFile.read(Settings.resolve(home, path), PASSWORD_FILE))
                .or(() -> password)
                .orElse("");
    }
}
