package io.playgrant.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** The differences between the SQL of H2 and of PostgreSQL. */
enum Dialect {
    H2(
            "select base_value from information_schema.sequences where sequence_schema = current_schema and sequence_name = '%s'",
            // Not needed: H2 updates its statistics at once.
            "") {
        @Override
        <T> T inSnapshot(Jdbi jdbi, HandleCallback<T, RuntimeException> work) {
            // The only isolation level at which H2 reads a snapshot of all tables.
            return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
        }

        /** One row after the other, because H2 has no upsert that waits for another transaction which inserts the same row. */
        @Override
        void add(Connection connection, CountTable.Statements statements, List<CountTable.Addition> additions)
                throws SQLException {
            try (PreparedStatement update = connection.prepareStatement(statements.update());
                    PreparedStatement insert = connection.prepareStatement(statements.insert())) {
                for (CountTable.Addition addition : additions) {
                    addition.bindForUpdate(update);
                    while (update.executeUpdate() == 0) {
                        addition.bindForInsert(insert);
                        if (insert.executeUpdate() > 0) {
                            break;
                        }
                    }
                }
            }
        }
    },
    POSTGRESQL("select last_value + case when is_called then 1 else 0 end from %s", "analyze (skip_locked) %s") {
        @Override
        <T> T inSnapshot(Jdbi jdbi, HandleCallback<T, RuntimeException> work) {
            return jdbi.inTransaction(handle -> {
                // Set for the transaction, not for the session as the driver does: behind a pooler, the transaction may
                // run in another session.
                handle.execute("set transaction isolation level repeatable read");
                return work.withHandle(handle);
            });
        }

        @Override
        void add(Connection connection, CountTable.Statements statements, List<CountTable.Addition> additions)
                throws SQLException {
            try (PreparedStatement upsert = connection.prepareStatement(statements.upsert())) {
                for (CountTable.Addition addition : additions) {
                    addition.bindForInsert(upsert);
                    upsert.addBatch();
                }
                upsert.executeBatch();
            }
        }
    };

    private final String nextNumber;
    private final String analyze;

    Dialect(String nextNumber, String analyze) {
        this.nextNumber = nextNumber;
        this.analyze = analyze;
    }

    /** Runs a function in one transaction that reads a consistent snapshot. */
    abstract <T> T inSnapshot(Jdbi jdbi, HandleCallback<T, RuntimeException> work);

    /** Adds to counts, row by row in their order, and inserts missing rows. */
    abstract void add(Connection connection, CountTable.Statements statements, List<CountTable.Addition> additions)
            throws SQLException;

    /** Updates the statistics of a table, unless the database does so by itself. */
    void analyze(Handle handle, String table) {
        if (!analyze.isEmpty()) {
            handle.execute(analyze.formatted(table));
        }
    }

    /** The next number of a sequence, without taking it. */
    long nextNumber(Handle handle, String sequence) {
        return handle.createQuery(nextNumber.formatted(sequence))
                .mapTo(Long.class)
                .one();
    }
}
