package io.playgrant.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Detects poolers that run each transaction in another session of the server, such as PgBouncer in transaction mode. Statements that the
 * driver prepared in one session are missing in the next, unless the pooler tracks them or the driver prepares none.
 */
final class PooledTransactions {

    /** The SQLSTATEs for a prepared statement that does not exist, or that exists already. */
    private static final Set<String> STATES = Set.of("26000", "42P05");

    /** Enough executions to reach the driver's threshold, in case the URL sets it. */
    private static final int EXECUTIONS = 6;

    private static final String CURE =
            "a pooler such as PgBouncer is in between and pools transactions: add prepareThreshold=0 to the"
                    + " parameters of PLAYGRANT_DATABASE_URL";

    private PooledTransactions() {}

    /**
     * Tests whether two connections can each prepare a statement.
     *
     * @param parameters parameters of the driver; those of the URL override them
     * @throws StorageException with the remedy, if they cannot
     */
    static void refuse(DatabaseServer server, Map<String, String> parameters) {
        Properties properties = new Properties();
        properties.putAll(parameters);
        properties.put("user", server.user());
        properties.put("password", server.password());
        // Prepare at the first execution rather than the fifth.
        properties.put("prepareThreshold", "1");
        try (Connection one = DriverManager.getConnection(server.url(), properties);
                Connection other = DriverManager.getConnection(server.url(), properties)) {
            prepare(one);
            prepare(other);
            // The pooler may have run the other connection in the same session, or this one in another session now.
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

    /** Whether such a pooler caused a failure. */
    static boolean isCauseOf(SQLException failure) {
        return STATES.contains(String.valueOf(failure.getSQLState()));
    }

    /** The problem and its remedy. */
    static String reason() {
        return CURE;
    }
}
