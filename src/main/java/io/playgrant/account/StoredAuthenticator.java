package io.playgrant.account;

import java.time.Instant;

/**
 * An authenticator as stored: enough to recognise it, not enough to use it.
 *
 * @param id its id for operators
 * @param environment the environment in which it is valid
 * @param purpose its use
 * @param hash its keyed hash, see {@link AuthenticatorHash}
 * @param createdAt the time of its creation
 */
public record StoredAuthenticator(long id, Environment environment, Purpose purpose, byte[] hash, Instant createdAt) {

    /** The id, the environment and the purpose only. */
    @Override
    public String toString() {
        return "StoredAuthenticator[" + id + ", " + environment + ", " + purpose + "]";
    }
}
