package io.playgrant.storage;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** What must be said to one kind of database in another way than to the other. */
enum Dialect {
    H2(
            // Of the standard's levels the only one for which H2 keeps all tables as they were.
            TransactionIsolationLevel.SERIALIZABLE,
            "select base_value from information_schema.sequences where sequence_schema = current_schema and sequence_name = '%s'",
            // It looks by itself, at once.
            ""),
    POSTGRESQL(
            TransactionIsolationLevel.REPEATABLE_READ,
            "select last_value + case when is_called then 1 else 0 end from %s",
            "analyze (skip_locked) %s");

    private final TransactionIsolationLevel snapshot;
    private final String nextNumber;
    private final String analyze;

    Dialect(TransactionIsolationLevel snapshot, String nextNumber, String analyze) {
        this.snapshot = snapshot;
        this.nextNumber = nextNumber;
        this.analyze = analyze;
    }

    /** The level at which everything stays as it was at the first statement. */
    TransactionIsolationLevel snapshot() {
        return snapshot;
    }

    /** Has the database look at a table that has grown, if it would not do so soon by itself. */
    void analyze(Handle handle, String table) {
        if (!analyze.isEmpty()) {
            handle.execute(analyze.formatted(table));
        }
    }

    /** The number that a sequence gives next; it is not taken. */
    long nextNumber(Handle handle, String sequence) {
        return handle.createQuery(nextNumber.formatted(sequence))
                .mapTo(Long.class)
                .one();
    }
}
