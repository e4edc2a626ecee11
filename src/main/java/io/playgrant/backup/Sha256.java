package io.playgrant.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that entries of a backup are checked with. */
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
