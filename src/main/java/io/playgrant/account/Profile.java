package io.playgrant.account;

import java.util.Locale;

/** Which rules an account's requests must keep (protocol section 2, "Profiles"). */
public enum Profile {
    /** The rules as documented. */
    STRICT,
    /** What today's service accepts from real clients. */
    LENIENT;

    /** The name in lower case, as people and JSON see it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
