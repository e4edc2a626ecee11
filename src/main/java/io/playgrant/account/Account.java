package io.playgrant.account;

import java.net.InetAddress;
import java.util.List;

/**
 * Who may ask for tokens.
 *
 * @param number what clients put before the comma of their authenticator
 * @param name what people call it
 * @param profile the rules of its requests
 * @param enabled whether it may do anything
 * @param widevine whether it may ask for Widevine tokens
 * @param networks where its callers may be; anywhere if empty
 * @param credits how many tokens were left to it when it was read, without those that nodes have taken in advance, see
 *     {@link CreditBlocks}
 * @param rate how many tokens a node gives it in a second
 * @param revision that of its last change
 * @param authenticators the live ones of both environments
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
        return networks.isEmpty() || networks.stream().anyMatch(network -> network.contains(address));
    }
}
