package io.playgrant.config;

import java.util.Locale;

/**
 * A setting: its name and what its text must be.
 *
 * @param key its name in {@code application.properties}
 * @param reading makes a value of its text
 * @param secret whether its text is never shown
 */
record Setting<T>(String key, Reading<T> reading, boolean secret) {

    /** A setting that may be shown. */
    Setting(String key, Reading<T> reading) {
        this(key, reading, false);
    }

    /** Makes a value of a text. */
    interface Reading<T> {

        /**
         * The value.
         *
         * @throws IllegalArgumentException with what the text must be, to go on from the setting's name
         */
        T read(String text);
    }

    /** The environment variable that stands above the file: the name in capitals, with underscores for dots. */
    String variable() {
        return key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * The value of a text.
     *
     * @throws SettingsException with a sentence that names the setting, if the text is not one
     */
    T read(String text) {
        try {
            return reading.read(text);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(variable() + " (" + key + " in " + SettingsSource.FILE + ") " + e.getMessage()
                    + quoted(text) + ServiceLinks.causeOf(variable(), text));
        }
    }

    /** The text as people may see it. */
    String shown(String text) {
        return mayBeShown(text) ? text : "***";
    }

    private String quoted(String text) {
        return mayBeShown(text) ? ", not '" + text + "'" : "";
    }

    /** A URL with a user part has a password too, or one among its parameters. That nothing is set is no secret. */
    private boolean mayBeShown(String text) {
        return text.isEmpty()
                || (!secret
                        && !text.contains("@")
                        && !text.toLowerCase(Locale.ROOT).contains("password="));
    }
}
