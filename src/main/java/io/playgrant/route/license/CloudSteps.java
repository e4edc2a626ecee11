package io.playgrant.route.license;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.playgrant.account.Environment;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.cloud.CloudAnswer;
import io.playgrant.license.cloud.CloudRequests;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.license.CloudCaller.CloudResponse;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Widevine's licence service, and reads its answer. */
final class CloudSteps {

    private static final Logger LOG = LoggerFactory.getLogger(CloudSteps.class);

    private static final int GATEWAY_TIMEOUT = 504;
    private static final int SERVICE_UNAVAILABLE = 503;

    /** The time for which a circuit stays open. */
    private static final Duration CIRCUIT_OPEN = Duration.ofSeconds(10);

    private final Clock clock;
    private final Duration timeout;
    private final AtomicBoolean extensionsNoted = new AtomicBoolean();

    CloudSteps(Clock clock, Duration timeout) {
        this.clock = clock;
        this.timeout = timeout;
    }

    /** Binds the steps. */
    void bind(StepRegistry steps) {
        steps.step("sign-cloud-request", Redemption.class, this::sign);
        steps.decision("cloud-is-of-test", CloudCaller.class, caller -> caller.environment() == Environment.TEST);
        steps.decision("cloud-is-to-be-asked", CloudCaller.class, CloudCaller::isCloudToBeAsked);
        steps.answer("write-cloud-request", CloudCaller.class, caller -> Buffer.buffer(caller.cloudRequest()));
        steps.step("check-cloud-response", CloudCaller.class, this::checkResponse);
        steps.processor("refuse-without-cloud", CloudSteps::refuseWithoutCloud);
        steps.step("read-cloud-answer", Redemption.class, CloudSteps::readAnswer);
    }

    private void sign(Redemption redemption) {
        if (CloudRequests.ignoresExtensions(redemption.claims()) && extensionsNoted.compareAndSet(false, true)) {
            LOG.warn(
                    "A token with wvExtension was redeemed. Widevine's licence service has no counterpart, so extensions"
                            + " have no effect. This is said once");
        }
        redemption.setServiceAsked();
        redemption.setCloudRequest(CloudRequests.license(
                redemption.message(), redemption.claims(), redemption.provider(), clock.instant()));
    }

    /** A failure of the service, which counts for its circuit. A refusal is none. */
    private void checkResponse(CloudCaller caller) {
        Throwable failure = caller.failure();
        if (failure instanceof TimeoutException) {
            throw failed("the licence service has not answered within " + timeout.toSeconds() + " seconds")
                    .withStatus(GATEWAY_TIMEOUT);
        }
        if (failure != null) {
            throw failed("the licence service cannot be reached: " + CloudFailures.reason(failure));
        }
        CloudResponse response = caller.response();
        if (response.isServerError()) {
            throw failed("the licence service answered " + response + ", after " + caller.attempts() + " attempts");
        }
    }

    /** The circuit keeps a call from a service that fails, or the call has failed. */
    private static void refuseWithoutCloud(Exchange exchange) throws Exception {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure instanceof CallNotPermittedException) {
            throw failed("the circuit of the licence service is open, since most of its last calls failed")
                    .withStatus(SERVICE_UNAVAILABLE)
                    .retryAfter(CIRCUIT_OPEN);
        }
        throw Objects.requireNonNull(failure);
    }

    private static void readAnswer(Redemption redemption) {
        CloudResponse response = redemption.response();
        CloudAnswer answer = CloudAnswer.of(response.status(), response.body(), redemption.claims(), redemption.kind());
        redemption.setCloudAnswer(answer);
        answer.refusal().ifPresent(refusal -> {
            throw refusal;
        });
        redemption.setAnswer(answer.content());
    }

    private static TokenException failed(String reason) {
        return TokenException.withReason(ErrorCode.LICENSE_GENERATION_FAILED, reason);
    }
}
