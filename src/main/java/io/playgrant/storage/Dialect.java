package io.playgrant.storage;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** What must be said to one kind of database in another way than to the other. */
enum Dialect {
    H2(
            "select base_value from information_schema.sequences where sequence_schema = current_schema and sequence_name = '%s'",
            // It looks by itself, at once.
            "") {
        @Override
        <T> T inSnapshot(Jdbi jdbi, HandleCallback<T, RuntimeException> work) {
            // Of the standard's levels the only one for which H2 keeps all tables as they were.
            return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
        }
    },
    POSTGRESQL("select last_value + case when is_called then 1 else 0 end from %s", "analyze (skip_locked) %s") {
        @Override
        <T> T inSnapshot(Jdbi jdbi, HandleCallback<T, RuntimeException> work) {
            return jdbi.inTransaction(handle -> {
                // Not of the session, as the driver would have it: behind a pooler the transaction may be in another
                // one.
                handle.execute("set transaction isolation level repeatable read");
                return work.withHandle(handle);
            });
        }
    };

    private final String nextNumber;
    private final String analyze;

    Dialect(String nextNumber, String analyze) {
        this.nextNumber = nextNumber;
        this.analyze = analyze;
    }

    /** Does something in one transaction, for which everything stays as it was at its first statement. */
    abstract <T> T inSnapshot(Jdbi jdbi, HandleCallback<T, RuntimeException> work);

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
