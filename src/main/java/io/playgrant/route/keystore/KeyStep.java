package io.playgrant.route.keystore;

import io.playgrant.account.Caller;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.RefusalMapper;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.StorageException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A step that asks the key storage for its caller, and leaves the answer. What fails in it is one of the key storage's errors. */
final class KeyStep implements Processor {

    private static final int SERVICE_UNAVAILABLE = 503;

    private final Operation operation;
    private final DatabaseBulkhead storage;

    /**
     * A step.
     *
     * @param operation what it does
     * @param storage lets it ask; the same for all that ask the same storage
     */
    KeyStep(Operation operation, DatabaseBulkhead storage) {
        this.operation = operation;
        this.storage = storage;
    }

    /** What such a step does, on a thread of its own: it may be done still when nobody waits for the answer any more. */
    @FunctionalInterface
    interface Operation {

        /**
         * Does what is asked.
         *
         * @param owner whose keys are meant
         * @param call what is asked
         */
        KeyAnswer perform(Owner owner, KeyCall call);
    }

    @Override
    public void process(Exchange exchange) {
        Caller caller = FlowProperties.caller(exchange).orElseThrow();
        Owner owner = new Owner(caller.account().number(), caller.environment());
        KeyCall call = KeyCall.of(exchange);
        try {
            storage.ask(() -> operation.perform(owner, call)).writeTo(exchange.getMessage());
        } catch (StorageException e) {
            throw TokenException.of(
                            ErrorCode.KEYSTORE_INTERNAL_ERROR, "the key storage is out of reach, try again later")
                    .withStatus(SERVICE_UNAVAILABLE)
                    .because(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            TokenException refusal =
                    RefusalMapper.of(e, exchange.getProperty(FlowProperties.REQUEST_ID, "", String.class));
            throw refusal.code() == ErrorCode.INTERNAL_ERROR
                    ? TokenException.of(ErrorCode.KEYSTORE_INTERNAL_ERROR, refusal.details())
                    : refusal;
        }
    }
}
