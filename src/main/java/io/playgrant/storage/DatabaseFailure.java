package io.playgrant.storage;

import java.net.UnknownHostException;
import java.sql.SQLTransientConnectionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.jdbc.JdbcException;

/** What a failure of the database comes down to, in one line. */
final class DatabaseFailure {

    /** Of another process's failure only the printed trace is known. */
    private static final Pattern REMOTE_CAUSE = Pattern.compile("\nCaused by: java\\.io\\.IOException: ([^\r\n]+)");

    private DatabaseFailure() {}

    static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof JdbcException refused) {
            Matcher cause = REMOTE_CAUSE.matcher(refused.toString());
            return cause.find() ? cause.group(1) : refused.getOriginalMessage();
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
