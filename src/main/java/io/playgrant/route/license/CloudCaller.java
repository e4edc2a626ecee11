package io.playgrant.route.license;

import io.playgrant.account.Environment;
import io.playgrant.config.LicenseSettings;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.route.exchange.RequestContext;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request for which Widevine's licence service is called: what {@code routes/widevine-cloud.camel.yaml} works on. */
abstract class CloudCaller extends RequestContext {

    private static final int MOST_ATTEMPTS = 2;
    private static final int LOWEST_SERVER_ERROR = 500;

    private final Environment environment;
    private final LicenseSettings.Service service;
    private byte @Nullable [] cloudRequest;
    private int attempts;
    private long attemptedAt;
    private @Nullable CloudResponse response;
    private @Nullable Throwable failure;

    /**
     * A request that has not called the service.
     *
     * @param id see {@link RequestContext}
     * @param source see {@link RequestContext}
     * @param environment the environment
     * @param service its licence service, which may be another one than Widevine's
     */
    CloudCaller(String id, String source, Environment environment, LicenseSettings.Service service) {
        super(id, source);
        this.environment = environment;
        this.service = service;
    }

    /**
     * A response of the service.
     *
     * @param status the HTTP status
     * @param body the body; it may contain secrets
     */
    record CloudResponse(int status, byte[] body) {

        /** Whether the service has failed, so that another attempt may help. */
        boolean isServerError() {
            return status >= LOWEST_SERVER_ERROR;
        }

        /** The status only. */
        @Override
        public String toString() {
            return "HTTP " + status;
        }
    }

    final Environment environment() {
        return environment;
    }

    /** The licence service of the environment. */
    final LicenseSettings.Service service() {
        return service;
    }

    /** The provider at Widevine's licence service; the environment must have one. */
    abstract CloudProvider provider();

    /** The provider's name and URL if it is that of a single account; empty if it is that of the environment. */
    final Optional<String> accountProvider() {
        CloudProvider provider = provider();
        return service.cloud().filter(provider::equals).isPresent()
                ? Optional.empty()
                : Optional.of(provider.name() + " at " + provider.url());
    }

    /** Sets the body of the request to the service, which may contain secrets. */
    final void setCloudRequest(byte[] signed) {
        cloudRequest = signed;
    }

    final byte[] cloudRequest() {
        return Objects.requireNonNull(cloudRequest, "no request to the licence service has been signed");
    }

    /** Overwrites the body of the request. */
    final void wipeCloudRequest() {
        byte[] signed = cloudRequest;
        if (signed != null) {
            Arrays.fill(signed, (byte) 0);
        }
    }

    /** Whether the service is to be called: once, and once more after a failure that another attempt may repair. */
    final boolean isCloudToBeAsked() {
        if (attempts == 0) {
            return true;
        }
        boolean mayHelp =
                failure == null ? response != null && response.isServerError() : CloudFailures.mayPass(failure);
        return mayHelp && attempts < MOST_ATTEMPTS;
    }

    /** Notes that the service is called, and forgets the attempt before. */
    final void beginAttempt() {
        attempts++;
        attemptedAt = System.nanoTime();
        response = null;
        failure = null;
    }

    /** How often the service was called. */
    final int attempts() {
        return attempts;
    }

    /** How long the service has been taking since it was called. */
    final long attemptNanos() {
        return System.nanoTime() - attemptedAt;
    }

    final void setResponse(CloudResponse received) {
        response = received;
    }

    /** Notes why there is no response. */
    final void setFailure(Throwable cause) {
        failure = cause;
    }

    /** Why there is no response; null if there is one. */
    final @Nullable Throwable failure() {
        return failure;
    }

    final CloudResponse response() {
        return Objects.requireNonNull(response, "the licence service has not been called");
    }
}
