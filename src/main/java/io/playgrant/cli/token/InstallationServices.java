package io.playgrant.cli.token;

import io.playgrant.account.Environment;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.token.Claims;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The redemptions and licence services of this installation. */
final class InstallationServices implements RedemptionServices {

    @Override
    public OptionalInt used(Claims token) {
        // The seam for Redemptions.used.
        return OptionalInt.empty();
    }

    @Override
    public String service(Environment environment) {
        // The seam for the settings of licence services.
        return "none";
    }

    @Override
    public Optional<CloudProvider> provider(Environment environment) {
        return Optional.empty();
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(10);
    }
}
