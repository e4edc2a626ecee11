package io.playgrant.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Poolers that give each transaction another session of the server, such as PgBouncer in transaction mode. Statements that the driver has
 * prepared in one session are not there in the next, unless the pooler takes care of them or the driver prepares none.
 */
final class PooledTransactions {

    /** What is said of a prepared statement: there is none of this name, or there is one already. */
    private static final Set<String> STATES = Set.of("26000", "42P05");

    /** Enough for the driver's own threshold, should the URL name it. */
    private static final int EXECUTIONS = 6;

    private static final String CURE =
            "a pooler such as PgBouncer is in between and pools transactions: add prepareThreshold=0 to the"
                    + " parameters of PLAYGRANT_DATABASE_URL";

    private PooledTransactions() {}

    /**
     * Tries whether two connections can each prepare a statement.
     *
     * @param parameters of the driver; those of the URL stand above them
     * @throws StorageException with the cure, if they cannot
     */
    static void refuse(DatabaseServer server, Map<String, String> parameters) {
        Properties properties = new Properties();
        properties.putAll(parameters);
        properties.put("user", server.user());
        properties.put("password", server.password());
        // At the first execution rather than the fifth.
        properties.put("prepareThreshold", "1");
        try (Connection one = DriverManager.getConnection(server.url(), properties);
                Connection other = DriverManager.getConnection(server.url(), properties)) {
            prepare(one);
            prepare(other);
            // A pooler may have given the other one the same session, or this one another session now.
            prepare(one);
        } catch (SQLException e) {
            if (isCauseOf(e)) {
                throw new StorageException("The database " + server + " cannot be used: " + CURE, e);
            }
            throw new StorageException("The database " + server + " cannot be opened: " + DatabaseFailure.reason(e), e);
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select 1")) {
            for (int i = 0; i < EXECUTIONS; i++) {
                statement.execute();
            }
        }
    }

    /** Whether a failure comes of such a pooler. */
    static boolean isCauseOf(SQLException failure) {
        return STATES.contains(String.valueOf(failure.getSQLState()));
    }

    /** What is wrong, and what to do. */
    static String reason() {
        return CURE;
    }
}
