package io.playgrant.console.api.call;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Rows of the table of idempotency keys, for tests. */
public final class IdempotencyRows {

    private IdempotencyRows() {}

    /** Inserts the row of a credential and a key. Until the transaction ends, nobody else can. */
    public static void insert(Handle transaction, String credential, String key) {
        IdempotencyTable.insert(
                transaction, IdempotencySecrets.of(credential, key).id(), new byte[32], Instant.now());
    }
}
