package io.playgrant.account;

import java.util.Locale;

/** The use of an authenticator. Whoever mints tokens cannot read content keys, and whoever packages cannot mint. */
public enum Purpose {
    /** Requests for tokens, stored keys and records. */
    TOKENS,
    /** Requests of packagers, which are answered with content keys in clear. */
    PACKAGING;

    /** The name in lower case, as in JSON and output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
