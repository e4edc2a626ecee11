package io.playgrant.account;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A signer of packagers' requests as stored.
 *
 * @param name the name by which requests refer to it; unique in its account
 * @param kind the kind of its key
 * @param heldBy the key of the storage ring that wraps the secret; null for {@link Kind#RSA}
 * @param secret its AES key and iv, wrapped; null for {@link Kind#RSA}
 * @param publicKey its public key in DER (SubjectPublicKeyInfo); null for {@link Kind#AES}
 */
@SuppressWarnings("ArrayRecordComponent") // nothing compares signers
public record StoredSigner(
        String name, Kind kind, @Nullable String heldBy, byte @Nullable [] secret, byte @Nullable [] publicKey) {

    /** The kind of a signer's key. */
    public enum Kind {
        AES,
        RSA;

        /** The name in lower case, as in JSON and output. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The name and the kind only. */
    @Override
    public String toString() {
        return "StoredSigner[" + name + ", " + kind + "]";
    }
}
