package io.playgrant.client;

import io.playgrant.batch.BatchException;
import io.playgrant.batch.SourceAwayException;
import io.playgrant.client.LicenseServiceClient.Answer;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.license.cloud.CloudAnswer;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.license.cloud.CloudRequests;
import io.playgrant.token.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Asks Widevine's licence service once, and throws the licence away.
 *
 * @param provider the provider as which the message is signed
 * @param timeout how long the service may take
 */
public record CloudTrial(CloudProvider provider, Duration timeout) {

    /**
     * Asks as the server would.
     *
     * @throws TokenException if the service cannot be reached or refuses
     */
    public void ask(byte[] challenge, Challenge.Kind kind, Claims token, Instant now) {
        if (kind == Challenge.Kind.CERTIFICATE) {
            Answer answer = post(CloudRequests.certificate(provider));
            CloudAnswer.certificate(answer.status(), answer.body());
            return;
        }
        Answer answer = post(CloudRequests.license(challenge, token, provider, now));
        CloudAnswer.of(answer.status(), answer.body(), token, kind).refusal().ifPresent(refusal -> {
            throw refusal;
        });
    }

    private Answer post(byte[] message) {
        try {
            return LicenseServiceClient.post(provider.url(), message, timeout);
        } catch (SourceAwayException | BatchException e) {
            throw TokenException.withReason(ErrorCode.LICENSE_GENERATION_FAILED, String.valueOf(e.getMessage()));
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }
}
