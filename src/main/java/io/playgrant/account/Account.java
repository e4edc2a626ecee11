package io.playgrant.account;

import java.net.InetAddress;
import java.util.List;

/**
 * A customer that may request tokens.
 *
 * @param number the number before the comma of its authenticators
 * @param name its name for the operator
 * @param profile the rules of its requests
 * @param enabled whether its requests are served at all
 * @param widevine whether it may request Widevine tokens
 * @param networks the networks of its callers; any if empty
 * @param credits the number of tokens left when the account was read, without those that nodes have taken in advance, see
 *     {@link CreditBlocks}
 * @param rate the number of tokens per second that each node issues to it
 * @param revision the revision of its last change
 * @param authenticators its valid authenticators of both environments
 */
public record Account(
        long number,
        String name,
        Profile profile,
        boolean enabled,
        boolean widevine,
        List<AddressRange> networks,
        Limit credits,
        Limit rate,
        long revision,
        List<StoredAuthenticator> authenticators) {

    /** Lists are copied. */
    public Account {
        networks = List.copyOf(networks);
        authenticators = List.copyOf(authenticators);
    }

    /** Whether a caller at this address may use the account. */
    public boolean allows(InetAddress address) {
        for (int at = 0; at < networks.size(); at++) {
            if (networks.get(at).contains(address)) {
                return true;
            }
        }
        return networks.isEmpty();
    }
}
