package io.playgrant.config;

import java.util.Locale;

/**
 * A setting: its name and the parser of its text.
 *
 * @param key its name in {@code application.properties}
 * @param reading parses its text
 * @param secret whether its text must never be shown
 */
record Setting<T>(String key, Reading<T> reading, boolean secret) {

    /** A setting that may be shown. */
    Setting(String key, Reading<T> reading) {
        this(key, reading, false);
    }

    /** Parses the text of a setting. */
    interface Reading<T> {

        /**
         * Parses a text.
         *
         * @throws IllegalArgumentException with the expected form, as a continuation of the setting's name
         */
        T read(String text);
    }

    /** The environment variable that overrides the file: the name in capitals, with underscores for dots. */
    String variable() {
        return key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * Parses a text.
     *
     * @throws SettingsException with a message that names the setting, if the text is invalid
     */
    T read(String text) {
        try {
            return reading.read(text);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(variable() + " (" + key + " in " + SettingsSource.FILE + ") " + e.getMessage()
                    + quoted(text) + ServiceLinks.causeOf(variable(), text));
        }
    }

    /** The text for display, masked if it may contain a secret. */
    String shown(String text) {
        return mayBeShown(text) ? text : "***";
    }

    private String quoted(String text) {
        return mayBeShown(text) ? ", not '" + text + "'" : "";
    }

    /** A URL may have a password after its user, or among its parameters. An empty text is not a secret. */
    private boolean mayBeShown(String text) {
        return text.isEmpty()
                || (!secret
                        && !text.contains("@")
                        && !text.toLowerCase(Locale.ROOT).contains("password="));
    }
}
