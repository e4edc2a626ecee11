package io.playgrant.view;

import io.playgrant.account.Environment;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.token.Claims;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** The number of redemptions, and the hosts and licence services of the settings. A seam: tests have their own. */
public interface RedemptionServices {

    /** How often the token has been redeemed; empty if redemptions are not counted. */
    OptionalInt used(Claims token);

    /**
     * The environment of a licence URL's host.
     *
     * @param authority host and port
     */
    Environment environment(String authority);

    /** The licence service of an environment: {@code none}, {@code widevine-cloud} or {@code clear-key}. */
    String service(Environment environment);

    /** The provider as which messages to Widevine's licence service are signed; present if that is the service. */
    Optional<CloudProvider> provider(Claims token);

    /** Whether a service certificate that a player used is the one of this service. */
    boolean isOwnCertificate(Environment environment, CloudProvider provider, String serial);

    /**
     * Asks Widevine's licence service once, as the server would, and throws the licence away.
     *
     * @throws io.playgrant.error.TokenException if the service cannot be reached or refuses
     */
    void ask(CloudProvider provider, byte[] challenge, Challenge.Kind kind, Claims token, Instant now);
}
