package io.playgrant.route.keystore;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.RefusalMapper;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.WouldBlockException;
import java.util.function.Function;

/** Asks the key storage. A failure becomes one of the errors of the key storage. */
final class KeyStorageAccess {

    private static final int SERVICE_UNAVAILABLE = 503;

    private final DatabaseBulkhead database = new DatabaseBulkhead();

    /**
     * Performs an operation, on a thread of its own: it may still run when nobody waits for its answer any more.
     *
     * @throws TokenException with an error of the key storage, if the operation fails
     */
    KeyAnswer perform(KeyCall call, Function<KeyCall, KeyAnswer> operation) {
        try {
            return database.call(() -> operation.apply(call));
        } catch (WouldBlockException e) {
            throw e;
        } catch (StorageException e) {
            throw TokenException.of(
                            ErrorCode.KEYSTORE_INTERNAL_ERROR, "the key storage is out of reach, try again later")
                    .withStatus(SERVICE_UNAVAILABLE)
                    .because(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            TokenException refusal = RefusalMapper.of(e, call.id());
            throw refusal.code() == ErrorCode.INTERNAL_ERROR
                    ? TokenException.of(ErrorCode.KEYSTORE_INTERNAL_ERROR, refusal.details())
                    : refusal;
        }
    }
}
