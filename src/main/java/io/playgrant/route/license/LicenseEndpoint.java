package io.playgrant.route.license;

import io.playgrant.config.LicenseSettings;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.RefusalMapper;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.http.Cors;
import io.playgrant.route.http.Endpoint;
import io.playgrant.token.LicenseToken;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.camel.Exchange;

/** {@code POST /hms/wv/rights/} and {@code GET /hms/wv/certificate}: what players call. */
final class LicenseEndpoint {

    private static final int LARGEST_MESSAGE = 64 * 1024;

    private final LicenseSettings settings;
    private final LicenseMeters meters;

    LicenseEndpoint(LicenseSettings settings, LicenseMeters meters) {
        this.settings = settings;
        this.meters = meters;
    }

    /** Declares the endpoints, and binds the steps at the end of their routes. */
    void bind(StepRegistry steps) {
        Cors cors =
                new Cors(settings.origins(), settings.credentials(), List.of(LicenseToken.PARAMETER, "Content-Type"));
        Endpoint.at("/hms/wv/rights", "license")
                .methods("POST")
                .content(Endpoint.Content.BYTES)
                .largestBody(LARGEST_MESSAGE)
                .headerParameters(LicenseToken.PARAMETER)
                .withErrorsByAccept()
                // Browsers ignore a scheme that they do not know. For Basic they would ask the viewer for a password.
                .authentication(LicenseToken.PARAMETER)
                .cors(cors)
                .withinHalfOfThePlaces()
                .readBy(call -> Redemption.of(call, settings))
                .bind(steps);
        Endpoint.at("/hms/wv/certificate", "certificate")
                .methods("GET", "HEAD")
                .withErrorsByAccept()
                .cors(cors)
                .withinHalfOfThePlaces()
                .readBy(call -> CertificateRequest.of(call, settings))
                .bind(steps);
        steps.answer("write-license", Redemption.class, this::writeLicense);
        steps.processor("refuse-redemption", this::refuse);
    }

    private Object writeLicense(Redemption redemption) {
        meters.succeeded(redemption);
        redemption.wipe();
        return ByteBuffer.wrap(redemption.answer());
    }

    private void refuse(Exchange exchange) {
        TokenException refusal = RefusalMapper.ofCaught(exchange);
        Redemption redemption = RequestContext.of(exchange, Redemption.class);
        meters.refused(redemption, refusal);
        redemption.wipe();
        throw refusal;
    }
}
