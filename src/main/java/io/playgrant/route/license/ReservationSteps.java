package io.playgrant.route.license;

import io.playgrant.license.Redemptions;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.route.exchange.StepRegistry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Keeps the limit of tokens that may be redeemed only so often: reserved before the licence is made, counted before it is sent. */
final class ReservationSteps {

    private final Redemptions redemptions;

    ReservationSteps(Redemptions redemptions) {
        this.redemptions = redemptions;
    }

    /** Binds the steps. */
    void bind(StepRegistry steps) {
        steps.decision(
                "redemption-is-counted", Redemption.class, redemption -> redemption.kind() == Challenge.Kind.NEW);
        steps.step(
                "reserve-redemption",
                Redemption.class,
                redemption -> redemption.setReservation(
                        redemptions.reserve(redemption.claims(), hash(redemption.message()))));
        steps.step("confirm-redemption", Redemption.class, this::confirm);
        steps.step("release-redemption", Redemption.class, this::release);
    }

    private void confirm(Redemption redemption) {
        redemption.reservation().ifPresent(redemptions::confirm);
        redemption.setConfirmed();
    }

    private void release(Redemption redemption) {
        if (!redemption.isConfirmed()) {
            redemption.reservation().ifPresent(redemptions::release);
        }
    }

    private static byte[] hash(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
