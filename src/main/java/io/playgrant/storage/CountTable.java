package io.playgrant.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * A table of counts to which several transactions add at the same time. A row stays locked until the end of the transaction. Rows are
 * locked in the order of the call. If all callers sort by the same order, no two transactions wait for each other.
 */
public final class CountTable {

    private final Dialect dialect;
    private final Statements statements;

    CountTable(Dialect dialect, String table, List<String> key, List<String> counts) {
        this.dialect = dialect;
        this.statements = Statements.of(table, key, counts);
    }

    /**
     * Numbers to add to a row.
     *
     * @param key the values of the columns of the primary key
     * @param counts the number to add to each count
     */
    public record Addition(List<Object> key, List<Long> counts) {

        /** Numbers to add to a row. */
        public Addition(List<Object> key, long count) {
            this(key, List.of(count));
        }

        void bindForInsert(PreparedStatement statement) throws SQLException {
            bind(statement, counts, bind(statement, key, 1));
        }

        void bindForUpdate(PreparedStatement statement) throws SQLException {
            bind(statement, key, bind(statement, counts, 1));
        }

        private static int bind(PreparedStatement statement, List<?> values, int first) throws SQLException {
            int next = first;
            for (Object value : values) {
                statement.setObject(next, value);
                next++;
            }
            return next;
        }
    }

    /**
     * The statements for a table.
     *
     * @param insert inserts a row: key, counts; leaves a row that exists as it is
     * @param update adds to a row: counts, key
     * @param upsert does either, in PostgreSQL: key, counts
     */
    record Statements(String insert, String update, String upsert) {

        static Statements of(String table, List<String> key, List<String> counts) {
            List<String> columns = Stream.concat(key.stream(), counts.stream()).toList();
            String insert = "insert into " + table + " (" + String.join(", ", columns) + ") values ("
                    + String.join(", ", Collections.nCopies(columns.size(), "?")) + ") on conflict ";
            return new Statements(
                    insert + "do nothing",
                    "update " + table + " set " + each(counts, "%1$s = %1$s + ?") + " where "
                            + String.join(" = ? and ", key) + " = ?",
                    insert + "(" + String.join(", ", key) + ") do update set "
                            + each(counts, "%1$s = " + table + ".%1$s + excluded.%1$s"));
        }

        private static String each(List<String> counts, String assignment) {
            return counts.stream().map(assignment::formatted).collect(Collectors.joining(", "));
        }
    }

    /** Adds to counts, row by row in their order, and inserts missing rows. Without Jdbi's binding, which takes longer than the database itself. */
    public void add(Handle transaction, List<Addition> additions) {
        try {
            dialect.add(transaction.getConnection(), statements, additions);
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException("counts are not added", e, null);
        }
    }
}
