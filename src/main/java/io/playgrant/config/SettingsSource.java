package io.playgrant.config;

import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * The sources of the texts of settings.
 *
 * @param file the content of {@code application.properties}
 * @param environment the process's environment variables, which override it
 */
record SettingsSource(Properties file, Map<String, String> environment) {

    /** The name of the file, in the home folder. */
    static final String FILE = "application.properties";

    /**
     * Reads the file.
     *
     * @throws SettingsException if it cannot be read
     */
    static SettingsSource open(Path home, Map<String, String> environment) {
        Path path = home.resolve(FILE);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new SettingsException("The settings in " + path + " cannot be read: " + StorageException.reason(e));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("The settings in " + path + " cannot be read: " + e.getMessage());
        }
        return new SettingsSource(properties, environment);
    }

    /** The text of a setting, trimmed; empty if it is not set. */
    String text(Setting<?> setting) {
        return environment
                .getOrDefault(setting.variable(), file.getProperty(setting.key(), ""))
                .trim();
    }

    /** The source of the text of a setting. */
    String origin(Setting<?> setting) {
        if (environment.containsKey(setting.variable())) {
            return "environment";
        }
        return file.containsKey(setting.key()) ? FILE : "nowhere";
    }

    /**
     * The value of a setting.
     *
     * @throws SettingsException with a message that names the wrong setting
     */
    <T> T get(Setting<T> setting) {
        return setting.read(text(setting));
    }
}
