package io.playgrant.account;

import java.util.Locale;

/** The rules that apply to an account's requests (protocol section 2, "Profiles"). */
public enum Profile {
    /** The rules as documented. */
    STRICT,
    /** The rules that real clients rely on. */
    LENIENT;

    /** The name in lower case, as in JSON and output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
