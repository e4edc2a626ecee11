package io.playgrant.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of a record that only an answer to a licence request has. Texts are cut to a length and made storable, as those of {@link
 * TokenRecord}.
 *
 * @param kind the kind of the request
 * @param reason why there is no licence, or why it was not counted; null if there is nothing to say
 * @param service the licence service that was asked, {@code widevine-cloud} or {@code clear-key}; null if none was
 * @param status the status that the licence service answered; null if it answered none
 * @param device the facts about the device that the licence service answered
 */
public record RedemptionRecord(
        Kind kind,
        @Nullable String reason,
        @Nullable String service,
        @Nullable String status,
        @Nullable Device device) {

    private static final int LONGEST_REASON = 300;
    private static final int LONGEST_SERVICE = 32;
    private static final int LONGEST_STATUS = 200;
    private static final int LONGEST_FACT = 64;

    /** The kind of a licence request. */
    public enum Kind {
        /** For a new licence. */
        LICENSE(1),
        /** To renew a licence. */
        RENEWAL(2),
        /** To give a licence up. */
        RELEASE(3);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /** The name in lower case, as in JSON and output. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The number in the database. */
        int number() {
            return number;
        }

        static Kind of(int number) {
            for (Kind kind : values()) {
                if (kind.number == number) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind has the number " + number);
        }
    }

    /**
     * A device, as far as the licence service describes it. Null members are omitted in JSON.
     *
     * @param make its manufacturer
     * @param model its model
     * @param securityLevel 1 to 3; 1 is the highest
     * @param systemId the number of its kind
     * @param platformVerification whether its platform was verified
     * @param serialHash a hash of the serial number of its certificate, which identifies it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Device(
            @Nullable String make,
            @Nullable String model,
            @Nullable Integer securityLevel,
            @Nullable Long systemId,
            @Nullable String platformVerification,
            @Nullable String serialHash) {

        /** Makes all texts storable. */
        public Device {
            make = storable(make, LONGEST_FACT);
            model = storable(model, LONGEST_FACT);
            platformVerification = storable(platformVerification, LONGEST_FACT);
            serialHash = storable(serialHash, LONGEST_FACT);
        }
    }

    /** Makes all texts storable. */
    public RedemptionRecord {
        reason = storable(reason, LONGEST_REASON);
        service = storable(service, LONGEST_SERVICE);
        status = storable(status, LONGEST_STATUS);
    }

    private static @Nullable String storable(@Nullable String text, int longest) {
        return text == null ? null : StorableText.of(text, longest);
    }

    /** Without texts of others. */
    @Override
    public String toString() {
        return "RedemptionRecord[" + kind.label() + "]";
    }
}
