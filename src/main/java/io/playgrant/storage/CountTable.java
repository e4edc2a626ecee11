package io.playgrant.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * A table of counts to which several transactions add at the same time. A row stays locked until the end of the transaction. Rows are
 * locked in the order of the call. If all callers sort by the same order, no two transactions wait for each other.
 */
public final class CountTable {

    private final Dialect dialect;
    private final Statements statements;

    CountTable(Dialect dialect, String table, List<String> key, String count) {
        this.dialect = dialect;
        this.statements = Statements.of(table, key, count);
    }

    /**
     * A count to add.
     *
     * @param key the values of the columns of the primary key
     * @param count the number to add
     */
    public record Count(List<Object> key, long count) {

        private int bind(PreparedStatement statement, int first) throws SQLException {
            int next = first;
            for (Object value : key) {
                statement.setObject(next, value);
                next++;
            }
            return next;
        }

        /** Binds the key, then the count, from the first parameter. */
        void bindForInsert(PreparedStatement statement) throws SQLException {
            statement.setLong(bind(statement, 1), count);
        }

        /** Binds the count, then the key, from the first parameter. */
        void bindForUpdate(PreparedStatement statement) throws SQLException {
            statement.setLong(1, count);
            bind(statement, 2);
        }
    }

    /**
     * The statements for a table.
     *
     * @param insert inserts a row: key, count; leaves a row that exists as it is
     * @param update adds to a row: count, key
     * @param upsert does either, in PostgreSQL: key, count
     */
    record Statements(String insert, String update, String upsert) {

        static Statements of(String table, List<String> key, String count) {
            String columns = String.join(", ", key);
            String insert = "insert into " + table + " (" + columns + ", " + count + ") values ("
                    + String.join(", ", Collections.nCopies(key.size() + 1, "?")) + ") on conflict ";
            return new Statements(
                    insert + "do nothing",
                    "update " + table + " set " + count + " = " + count + " + ? where " + String.join(" = ? and ", key)
                            + " = ?",
                    insert + "(" + columns + ") do update set " + count + " = " + table + "." + count + " + excluded."
                            + count);
        }
    }

    /** Adds counts, in their order, and inserts missing rows. Without Jdbi's binding, which takes longer than the database itself. */
    public void add(Handle transaction, List<Count> counts) {
        try {
            dialect.add(transaction.getConnection(), statements, counts);
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException("counts are not added", e, null);
        }
    }
}
