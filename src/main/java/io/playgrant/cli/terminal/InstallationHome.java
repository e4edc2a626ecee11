package io.playgrant.cli.terminal;

import io.playgrant.app.Application;
import io.playgrant.config.Settings;
import io.playgrant.storage.Database;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where this installation stands: the launcher says so. */
public final class InstallationHome {

    private InstallationHome() {}

    public static Path path() {
        return Path.of(text()).toAbsolutePath().normalize();
    }

    /** The path as Java read it. */
    public static String text() {
        return System.getProperty("playgrant.home", ".");
    }

    public static Settings settings() {
        return Settings.load(path(), System.getenv());
    }

    /** Opens the data folder, making it if need be. */
    public static Application openApplication() {
        return Application.open(settings());
    }

    /**
     * Opens a data folder that something was kept in before: a mistyped name is not made into a new installation. Where the database is on
     * a server, the key files must be there in any case.
     */
    public static Application openExistingApplication() {
        Settings settings = settings();
        if (Files.isDirectory(settings.dataDir()) && !Files.isReadable(settings.dataDir())) {
            throw new CommandException("The data folder " + settings.dataDir()
                    + " (PLAYGRANT_DATA_DIR) cannot be read by the user " + System.getProperty("user.name"));
        }
        if (settings.database().isEmpty() && !Database.existsIn(settings.dataDir())) {
            throw new CommandException("There is nothing in the data folder " + settings.dataDir()
                    + " (PLAYGRANT_DATA_DIR) yet; serve and account create make it");
        }
        return Application.open(settings);
    }
}
