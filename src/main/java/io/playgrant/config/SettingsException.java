package io.playgrant.config;

/** A setting that is wrong; the message is a sentence that names it. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A sentence that names what is wrong. */
    public SettingsException(String message) {
        super(message, null, false, false);
    }
}
