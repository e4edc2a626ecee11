package io.playgrant.route.token;

import io.playgrant.account.Account;
import io.playgrant.account.CreditBlocks;
import io.playgrant.account.RateLimits;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.StepRegistry;

/** What an account may have: so many tokens a second, and so many in all. */
public final class ChargingSteps {

    private final RateLimits limits;
    private final CreditBlocks credits;

    public ChargingSteps(RateLimits limits, CreditBlocks credits) {
        this.limits = limits;
        this.credits = credits;
    }

    /** Binds the steps. */
    public void bind(StepRegistry steps) {
        steps.step("limit-rate", Issuance.class, this::limitRate);
        steps.decision(
                "request-is-queued",
                Issuance.class,
                issuance -> issuance.transport().isQueue());
        steps.step("owe-credit", Issuance.class, ChargingSteps::oweCredit);
        steps.step("charge", Issuance.class, this::charge);
    }

    /** Refuses requests over the account's rate, if it has one. A stream is not refused: its line waits for the next token. */
    private void limitRate(Issuance issuance) {
        if (issuance.transport().isRateLimited()) {
            limits.check(issuance.caller().account());
        }
    }

    /** Notes who is to pay, if the account has a limit. */
    private static void oweCredit(Issuance issuance) {
        Account account = issuance.caller().account();
        if (!account.credits().isNone()) {
            issuance.setDebtor(account.number());
        }
    }

    /** Takes one of the account's credits, if it has a limit. */
    private void charge(Issuance issuance) {
        credits.charge(issuance.caller().account());
    }
}
