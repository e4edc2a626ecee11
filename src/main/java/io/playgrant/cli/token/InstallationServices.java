package io.playgrant.cli.token;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.config.LicenseSettings;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.token.Claims;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The redemptions and licence services of this installation. */
final class InstallationServices implements RedemptionServices {

    private final Application application;
    private final LicenseSettings settings;

    InstallationServices(Application application) {
        this.application = application;
        this.settings = application.settings().license();
    }

    @Override
    public OptionalInt used(Claims token) {
        return OptionalInt.of(application.redemptions().used(token));
    }

    @Override
    public String service(Environment environment) {
        return settings.of(environment).kind().label();
    }

    @Override
    public Optional<CloudProvider> provider(Claims token) {
        return settings.of(token.environment()).cloud(token.account());
    }

    @Override
    public Duration timeout() {
        return settings.timeout();
    }
}
