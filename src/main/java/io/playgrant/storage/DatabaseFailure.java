package io.playgrant.storage;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.jdbc.JdbcException;

/** Describes a failure of the database in one line. */
final class DatabaseFailure {

    /** The cause in another process, which H2 passes on only as a printed stack trace. */
    private static final Pattern REMOTE_CAUSE = Pattern.compile("\nCaused by: java\\.io\\.IOException: ([^\r\n]+)");

    /** The classes of SQLSTATE for refused data: data exception, violated constraint, exceeded limit. */
    private static final Set<String> DATA_CLASSES = Set.of("22", "23", "54");

    private DatabaseFailure() {}

    /** The SQLSTATE, if the failure is due to the data to be written. */
    static Optional<String> dataRefusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String state = cause instanceof SQLException refused ? refused.getSQLState() : null;
            if (state != null && state.length() == 5 && DATA_CLASSES.contains(state.substring(0, 2))) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof JdbcException refused) {
            Optional<String> state = dataRefusal(root);
            if (state.isPresent()) {
                // H2 quotes the value.
                return "it refuses the data, SQLSTATE " + state.get();
            }
            Matcher cause = REMOTE_CAUSE.matcher(refused.toString());
            return cause.find() ? cause.group(1) : refused.getOriginalMessage();
        }
        if (root instanceof SQLException refused && PooledTransactions.isCauseOf(refused)) {
            return PooledTransactions.reason();
        }
        if (root instanceof SQLTransientConnectionException) {
            // The message of the pool describes its connections.
            return "no connection is available";
        }
        if (root instanceof UnknownHostException) {
            return "there is no address for the host " + root.getMessage();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
