package io.playgrant.account;

/**
 * What is kept of an authenticator: enough to recognise it, not enough to use it.
 *
 * @param environment where it is good
 * @param hash its keyed hash, see {@link AuthenticatorHash}
 */
public record StoredAuthenticator(Environment environment, byte[] hash) {

    /** The environment only. */
    @Override
    public String toString() {
        return "StoredAuthenticator[" + environment + "]";
    }
}
