package io.playgrant.account;

import java.time.Instant;

/**
 * What is kept of an authenticator: enough to recognise it, not enough to use it.
 *
 * @param id what operators call it
 * @param environment where it is good
 * @param hash its keyed hash, see {@link AuthenticatorHash}
 * @param createdAt when it was made
 */
public record StoredAuthenticator(long id, Environment environment, byte[] hash, Instant createdAt) {

    /** The id and the environment only. */
    @Override
    public String toString() {
        return "StoredAuthenticator[" + id + ", " + environment + "]";
    }
}
