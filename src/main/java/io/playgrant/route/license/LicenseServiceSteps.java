package io.playgrant.route.license;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.LicenseService;
import io.playgrant.license.clearkey.ClearKeyLicense;
import io.playgrant.route.exchange.StepRegistry;

/** Which licence service makes the licence; those that are not called over HTTP do so here. */
final class LicenseServiceSteps {

    private static final int SERVICE_UNAVAILABLE = 503;

    /** Binds the steps. */
    void bind(StepRegistry steps) {
        steps.decision(
                "service-is-widevine-cloud",
                Redemption.class,
                redemption -> redemption.isServedBy(LicenseService.WIDEVINE_CLOUD));
        steps.decision(
                "service-is-clear-key",
                Redemption.class,
                redemption -> redemption.isServedBy(LicenseService.CLEAR_KEY));
        steps.step("make-clear-key-license", Redemption.class, LicenseServiceSteps::makeClearKeyLicense);
        steps.step("refuse-without-service", Redemption.class, redemption -> {
            throw withoutService(redemption);
        });
    }

    private static void makeClearKeyLicense(Redemption redemption) {
        redemption.setServiceAsked();
        redemption.setAnswer(ClearKeyLicense.answer(redemption.message(), redemption.claims()));
    }

    /** The refusal of a request that needs Widevine's licence service where there is none. */
    static TokenException withoutService(CloudCaller request) {
        return TokenException.withReason(
                        ErrorCode.LICENSE_GENERATION_FAILED,
                        "the licence service of the " + request.environment().label() + " environment is "
                                + request.service().kind().label() + "; set "
                                + request.service().variable() + "=widevine-cloud, see docs/operations/redemption.md")
                .withStatus(SERVICE_UNAVAILABLE);
    }
}
