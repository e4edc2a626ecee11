package io.playgrant.keystore.packaging;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests by which the database finds identities and contents of any length. */
final class Sha256 {

    private Sha256() {}

    static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
