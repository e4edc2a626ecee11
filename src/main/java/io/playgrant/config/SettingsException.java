package io.playgrant.config;

/** A setting is wrong. The message is a sentence that names it. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure with a sentence that names the setting. */
    public SettingsException(String message) {
        super(message, null, false, false);
    }
}
