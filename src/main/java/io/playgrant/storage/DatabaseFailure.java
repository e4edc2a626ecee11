package io.playgrant.storage;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.jdbc.JdbcException;

/** What a failure of the database comes down to, in one line. */
final class DatabaseFailure {

    /** Of another process's failure only the printed trace is known. */
    private static final Pattern REMOTE_CAUSE = Pattern.compile("\nCaused by: java\\.io\\.IOException: ([^\r\n]+)");

    /** Of SQLSTATE: a data exception, a violated constraint, a limit of the program that is exceeded. */
    private static final Set<String> DATA_CLASSES = Set.of("22", "23", "54");

    private DatabaseFailure() {}

    /** The SQLSTATE of a failure that comes of what was to be written, if it is one. */
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
            // The pool's own message tells of its connections.
            return "no connection can be had";
        }
        if (root instanceof UnknownHostException) {
            return "there is no address of the host " + root.getMessage();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
