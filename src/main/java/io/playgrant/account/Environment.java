package io.playgrant.account;

import java.util.Locale;

/** The two environments of the protocol (section 1). */
public enum Environment {
    PRODUCTION,
    TEST;

    /** The name in lower case, as in JSON and output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The environment with this label. */
    public static Environment ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
