package io.playgrant.license.challenge;

import io.playgrant.contentkey.KeyId;
import java.util.List;
import java.util.Optional;

/**
 * What a licence request says. Only the licence service can check its signature, so none of it is proven: it may be a reason to refuse, and
 * never a reason to grant.
 *
 * @param kind what is asked for
 * @param keyIds the ids of the keys that the request names; empty if it names none, as a renewal
 * @param namesOtherIds whether the request also names ids that are no {@link KeyId}, which no token has
 * @param offline whether the licence shall be stored
 * @param certificateSerial the serial number of the service certificate for which the player's identity is encrypted, in lower-case
 *     hexadecimal; empty if it is not encrypted
 */
public record Challenge(
        Kind kind, List<KeyId> keyIds, boolean namesOtherIds, boolean offline, Optional<String> certificateSerial) {

    /** The list is copied. */
    public Challenge {
        keyIds = List.copyOf(keyIds);
    }

    /** A request that names only ids that a token can have. */
    public Challenge(Kind kind, List<KeyId> keyIds, boolean offline, Optional<String> certificateSerial) {
        this(kind, keyIds, false, offline, certificateSerial);
    }

    /** What is asked for. */
    public enum Kind {
        /** The service certificate. */
        CERTIFICATE,
        /** A licence. */
        NEW,
        /** More time for a licence that exists. */
        RENEWAL,
        /** The end of a licence that exists. */
        RELEASE;

        /** Whether the request is about a licence that exists already. */
        public boolean isAboutExisting() {
            return this == RENEWAL || this == RELEASE;
        }
    }
}
