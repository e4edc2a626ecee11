package io.playgrant.cli.token;

import io.playgrant.account.Environment;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.token.Claims;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The number of redemptions, and the licence services of the settings. A seam: tests have their own. */
interface RedemptionServices {

    /** How often the token has been redeemed; empty if redemptions are not counted. */
    OptionalInt used(Claims token);

    /** The licence service of an environment: {@code none}, {@code widevine-cloud} or {@code clear-key}. */
    String service(Environment environment);

    /** The provider as which messages to Widevine's licence service are signed; present if that is the service. */
    Optional<CloudProvider> provider(Claims token);

    /** How long the licence service may take. */
    Duration timeout();
}
