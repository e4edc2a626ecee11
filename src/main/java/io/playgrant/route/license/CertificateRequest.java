package io.playgrant.route.license;

import io.playgrant.account.Environment;
import io.playgrant.config.LicenseSettings;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.route.exchange.ErrorFormats;
import io.playgrant.route.http.AdmittedCall;
import java.util.Objects;
import java.util.Optional;

/** A request for the service certificate of an environment. */
final class CertificateRequest extends CloudCaller {

    private final Optional<CloudProvider> provider;

    private CertificateRequest(
            String id,
            String source,
            Environment environment,
            LicenseSettings.Service service,
            Optional<CloudProvider> provider) {
        super(id, source, environment, service);
        this.provider = provider;
    }

    /**
     * Reads a call, which is for the provider of the environment.
     *
     * @throws io.playgrant.error.TokenException if it asks for an unknown form of errors
     */
    static CertificateRequest of(AdmittedCall call, LicenseSettings settings) {
        ErrorFormats.check(call.parameters().get("errorFormat"));
        Environment environment = Objects.requireNonNull(call.origin().environment());
        LicenseSettings.Service service = settings.of(environment);
        return new CertificateRequest(call.id(), call.source(), environment, service, service.cloud());
    }

    /** A request of the server itself, which fetches the certificate of a provider for all players. */
    static CertificateRequest ofServer(
            Environment environment, LicenseSettings.Service service, CloudProvider provider) {
        return new CertificateRequest(newId(), "certificate", environment, service, Optional.of(provider));
    }

    @Override
    CloudProvider provider() {
        return provider.orElseThrow();
    }
}
