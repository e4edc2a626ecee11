package io.playgrant.route.token;

import io.playgrant.batch.Item;
import io.playgrant.batch.RetryingTokenSource;
import io.playgrant.batch.TokenResult;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.Outcome;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.Source;
import io.playgrant.route.exchange.SourceMeters;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.token.TokenRequest;

/** One of many requests: from an item of a message, a file or a stream to the outcome that takes its place in the answer. */
public final class ItemSteps {

    private static final int UNAVAILABLE = 503;

    private final RefusalLog log;
    private final SourceMeters meters;
    private final AnswerRecords records;

    public ItemSteps(RefusalLog log, SourceMeters meters, AnswerRecords records) {
        this.log = log;
        this.meters = meters;
        this.records = records;
    }

    /** Binds the steps. */
    public void bind(StepRegistry steps) {
        steps.step("read-item", Issuance.class, ItemSteps::readItem);
        steps.step("keep-token", Issuance.class, this::keepToken);
        steps.refusal("leave-item-to-retry", Issuance.class, ItemSteps::leaveToRetry);
        steps.refusal("keep-refusal", Issuance.class, this::keepRefusal);
    }

    private static void readItem(Issuance issuance) {
        Item item = issuance.item();
        if (item.refusal() != null) {
            throw item.refusal();
        }
        issuance.setRequest(TokenRequest.of(item.parameters()));
    }

    private void keepToken(Issuance issuance) {
        if (issuance.debtor() == null) {
            // A token that is owed for may still be refused, and is counted when it is settled.
            meters.succeeded(issuance);
        }
        issuance.setOutcome(new Outcome(
                TokenResult.of(issuance.item().id(), issuance.licenseUrl()),
                issuance.debtor(),
                issuance.transport().isQueue() ? records.issued(issuance) : null));
    }

    /**
     * A request that will be tried again has no answer yet. If it came by a queue, a failure of the service goes on as an exception, so
     * that the queue delivers the message again; so does the account's rate if it came by a stream. The reader of a file asks again by
     * itself, so that only the record is left out.
     */
    private static TokenException leaveToRetry(Issuance issuance, TokenException refusal) {
        boolean isTriedAgain = issuance.transport().isQueue()
                ? refusal.status() == UNAVAILABLE
                : issuance.transport() == Source.STREAM && refusal.code() == ErrorCode.TOO_MANY_REQUESTS;
        if (isTriedAgain) {
            throw refusal;
        }
        if (issuance.transport() == Source.BATCH
                && RetryingTokenSource.isRetried(refusal.code().number())) {
            issuance.setRecordDone();
        }
        return refusal;
    }

    private TokenException keepRefusal(Issuance issuance, TokenException refusal) {
        log.add(refusal, issuance.id(), issuance.source(), issuance.callerIfKnown());
        meters.refused(issuance, refusal.code());
        boolean isRecordedLater =
                issuance.transport().isQueue() && issuance.callerIfKnown().isPresent();
        issuance.setOutcome(new Outcome(
                TokenResult.of(issuance.item().id(), ErrorMessage.of(refusal)),
                null,
                isRecordedLater ? records.refused(issuance, refusal.code()) : null));
        return refusal;
    }
}
