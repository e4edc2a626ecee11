package io.playgrant.cli.terminal;

import io.playgrant.app.Application;
import io.playgrant.config.Settings;
import io.playgrant.storage.Database;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of this installation, which the launcher passes on. */
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

    /** Opens the data folder, and creates it if necessary. */
    public static Application openApplication() {
        return Application.open(settings());
    }

    /**
     * Opens a data folder that is in use already, so that a misspelt name does not create a new installation. With a PostgreSQL database,
     * opening fails anyway if the key files are missing.
     */
    public static Application openExistingApplication() {
        Settings settings = settings();
        if (Files.isDirectory(settings.dataDir()) && !Files.isReadable(settings.dataDir())) {
            throw new CommandException("The data folder " + settings.dataDir()
                    + " (PLAYGRANT_DATA_DIR) cannot be read by the user " + System.getProperty("user.name"));
        }
        if (settings.database().isEmpty() && !Database.existsIn(settings.dataDir())) {
            throw new CommandException("The data folder " + settings.dataDir()
                    + " (PLAYGRANT_DATA_DIR) is empty or missing; serve and account create create it");
        }
        return Application.open(settings);
    }
}
