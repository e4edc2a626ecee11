package io.playgrant.account;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

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
 * @param packaging the environments in which packagers may ask for its keys
 * @param signers those who may sign requests of packagers; if there are any, such requests must be signed
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
        List<StoredAuthenticator> authenticators,
        Set<Environment> packaging,
        List<StoredSigner> signers) {

    /** Collections are copied. */
    public Account {
        networks = List.copyOf(networks);
        authenticators = List.copyOf(authenticators);
        packaging = Set.copyOf(packaging);
        signers = List.copyOf(signers);
    }

    /** An account without packaging. */
    public Account(
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
        this(
                number,
                name,
                profile,
                enabled,
                widevine,
                networks,
                credits,
                rate,
                revision,
                authenticators,
                Set.of(),
                List.of());
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
