package io.playgrant.record;

import java.util.Locale;

/** When the record of an answer is written. */
public enum Recording {
    /** Within a second after the answer. */
    ASYNC,
    /** Before the answer. */
    SYNC,
    /** Never. */
    OFF;

    /** The name in lower case, as the setting has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
