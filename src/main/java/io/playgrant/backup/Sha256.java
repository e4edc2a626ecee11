package io.playgrant.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The checksum of the entries of a backup. */
final class Sha256 {

    private Sha256() {}

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
