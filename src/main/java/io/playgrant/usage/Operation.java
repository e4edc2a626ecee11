package io.playgrant.usage;

import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.TokenRecord;
import java.util.Locale;

/** What a request asked for. */
public enum Operation {
    /** A token. */
    TOKEN,
    /** A new licence. */
    LICENSE,
    /** To renew a licence. */
    RENEWAL,
    /** To give a licence up. */
    RELEASE;

    /** The operation whose answer a record describes. */
    static Operation of(TokenRecord record) {
        RedemptionRecord redemption = record.redemption();
        if (redemption == null) {
            return TOKEN;
        }
        return switch (redemption.kind()) {
            case LICENSE -> LICENSE;
            case RENEWAL -> RENEWAL;
            case RELEASE -> RELEASE;
        };
    }

    /** The operation with a label. */
    static Operation of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** The name in lower case, as in JSON and output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
