package io.playgrant.route.license;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.license.challenge.ChallengeReader;
import io.playgrant.license.challenge.ChallengeRules;
import io.playgrant.license.clearkey.ClearKeyLicense;
import io.playgrant.license.cloud.ServiceCertificate;
import io.playgrant.license.cloud.ServiceCertificates;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.storage.StorageException;
import java.nio.ByteBuffer;

/** What a player asks for, and whether the token allows it. */
final class ChallengeSteps {

    private final ServiceCertificates certificates;

    ChallengeSteps(ServiceCertificates certificates) {
        this.certificates = certificates;
    }

    /** Binds the steps. */
    void bind(StepRegistry steps) {
        steps.step(
                "read-challenge",
                Redemption.class,
                redemption -> redemption.setChallenge(ChallengeReader.read(redemption.message())));
        steps.step(
                "read-key-request",
                Redemption.class,
                redemption -> redemption.setChallenge(ClearKeyLicense.read(redemption.message())));
        steps.decision(
                "certificate-is-asked-for",
                Redemption.class,
                redemption -> redemption.kind() == Challenge.Kind.CERTIFICATE);
        steps.step("find-certificate", Redemption.class, this::findCertificate);
        steps.step("check-challenge", Redemption.class, this::checkChallenge);
        steps.answer(
                "write-certificate",
                CertificateRequest.class,
                request -> ByteBuffer.wrap(certificate(request).forSetServerCertificate()));
    }

    private void findCertificate(Redemption redemption) {
        redemption.setAnswer(certificate(redemption).signedMessage());
    }

    private ServiceCertificate certificate(CloudCaller request) {
        if (request.service().cloud().isEmpty()) {
            throw LicenseServiceSteps.withoutService(request);
        }
        try {
            return certificates.get(request.environment(), request.provider());
        } catch (StorageException e) {
            throw unreachable(e);
        }
    }

    private void checkChallenge(Redemption redemption) {
        Challenge challenge = redemption.challenge();
        ChallengeRules.requireContent(challenge, redemption.claims());
        ChallengeRules.requirePersistence(challenge, redemption.claims());
        if (redemption.service().cloud().isPresent()) {
            ChallengeRules.requireOwnCertificate(challenge, serial -> isOurs(redemption, serial));
        }
    }

    private boolean isOurs(Redemption redemption, String serial) {
        try {
            return certificates.isOurs(redemption.environment(), redemption.provider(), serial);
        } catch (StorageException e) {
            throw unreachable(e);
        }
    }

    private static TokenException unreachable(StorageException failure) {
        return TokenException.of(ErrorCode.ADMIN_ERROR, "the service certificate cannot be read now, try again later")
                .because(String.valueOf(failure.getMessage()));
    }
}
