package io.playgrant.operator;

import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;

/**
 * The row of an operator.
 *
 * @param operator the operator
 * @param passwordHash the hash of the password
 * @param tokenHash the hash of the API token
 */
record OperatorRow(Operator operator, String passwordHash, String tokenHash) {

    static final String COLUMNS =
            "o.id, o.name, o.role, o.enabled, o.created_at, o.revision, o.password_hash, o.token_hash";

    private static final String SELECT = "select " + COLUMNS + " from operator o where ";

    /** The operator with this name, without regard to case. */
    static Optional<OperatorRow> find(Handle handle, String name) {
        return first(handle.createQuery(SELECT + "o.name_key = :name").bind("name", key(name)));
    }

    static Optional<OperatorRow> find(Handle handle, long id) {
        return first(handle.createQuery(SELECT + "o.id = :id").bind("id", id));
    }

    /** As {@link #find(Handle, String)}; locks the row until the transaction ends. */
    static Optional<OperatorRow> lock(Handle transaction, String name) {
        return first(transaction
                .createQuery(SELECT + "o.name_key = :name for update")
                .bind("name", key(name)));
    }

    /** The form in which names are compared. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static Operator operator(RowView row) {
        return new Operator(
                row.getColumn("id", Long.class),
                row.getColumn("name", String.class),
                Role.of(row.getColumn("role", String.class)).orElseThrow(),
                row.getColumn("enabled", Boolean.class),
                row.getColumn("created_at", OffsetDateTime.class).toInstant(),
                row.getColumn("revision", Long.class));
    }

    private static Optional<OperatorRow> first(Query query) {
        return query.reduceRows(Optional.empty(), (found, row) -> Optional.of(of(row)));
    }

    private static OperatorRow of(RowView row) {
        return new OperatorRow(
                operator(row), row.getColumn("password_hash", String.class), row.getColumn("token_hash", String.class));
    }

    /** Without the hashes. */
    @Override
    public String toString() {
        return operator.toString();
    }
}
