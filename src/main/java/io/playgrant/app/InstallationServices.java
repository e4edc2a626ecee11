package io.playgrant.app;

import io.playgrant.account.Environment;
import io.playgrant.client.CloudTrial;
import io.playgrant.config.LicenseSettings;
import io.playgrant.config.TestHosts;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.license.cloud.ServiceCertificates;
import io.playgrant.token.Claims;
import io.playgrant.view.RedemptionServices;
import java.time.Instant;
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
    public Environment environment(String authority) {
        return new TestHosts(application.settings().testHosts()).environment(authority);
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
    public boolean isOwnCertificate(Environment environment, CloudProvider provider, String serial) {
        try (ServiceCertificates certificates = new ServiceCertificates(
                application.database(),
                unused -> {
                    throw new IllegalStateException("certificates are only compared");
                },
                application.clock(),
                application.schedule())) {
            return certificates.isOurs(environment, provider, serial);
        }
    }

    @Override
    public void ask(CloudProvider provider, byte[] challenge, Challenge.Kind kind, Claims token, Instant now) {
        new CloudTrial(provider, settings.timeout()).ask(challenge, kind, token, now);
    }
}
