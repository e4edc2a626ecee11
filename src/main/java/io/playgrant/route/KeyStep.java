package io.playgrant.route;

import io.playgrant.account.Caller;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.storage.FewAtOnce;
import io.playgrant.storage.StorageException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** A step that asks the key storage for its caller, and leaves the answer. What fails in it is one of the key storage's errors. */
final class KeyStep implements Processor {

    private static final int SERVICE_UNAVAILABLE = 503;

    private final Operation operation;
    private final FewAtOnce storage;
    private final Trouble trouble;

    /**
     * A step.
     *
     * @param operation what it does
     * @param storage lets it ask; the same for all that ask the same storage
     * @param trouble is told when the storage is out of reach, and when it no longer is
     */
    KeyStep(Operation operation, FewAtOnce storage, Trouble trouble) {
        this.operation = operation;
        this.storage = storage;
        this.trouble = trouble;
    }

    /** What such a step does. */
    @FunctionalInterface
    interface Operation {

        /**
         * Does what is asked.
         *
         * @param owner whose keys are meant
         * @param call what is asked
         * @param answer gets the body, and headers where some are needed
         */
        void perform(Owner owner, KeyCall call, Message answer);
    }

    @Override
    public void process(Exchange exchange) {
        Caller caller = FlowProperties.caller(exchange).orElseThrow();
        Owner owner = new Owner(caller.account().number(), caller.environment());
        try {
            storage.ask(() -> {
                operation.perform(owner, FlowProperties.keyCall(exchange), exchange.getMessage());
                return owner;
            });
            trouble.isOver();
        } catch (StorageException e) {
            trouble.is("The key storage is out of reach: " + e.getMessage());
            throw TokenException.of(
                            ErrorCode.KEYSTORE_INTERNAL_ERROR, "the key storage is out of reach, try again later")
                    .withStatus(SERVICE_UNAVAILABLE);
        } catch (RuntimeException e) {
            TokenException refusal = Refusals.of(e, exchange.getProperty(FlowProperties.REQUEST_ID, "", String.class));
            throw refusal.code() == ErrorCode.INTERNAL_ERROR
                    ? TokenException.of(ErrorCode.KEYSTORE_INTERNAL_ERROR, refusal.details())
                    : refusal;
        }
    }
}
