package io.playgrant.error;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What the log is told of a failure that nobody foresaw. */
public final class FailureTrace {

    private FailureTrace() {}

    /** What happened where, with all causes. Messages of unforeseen exceptions may quote what was sent, secrets included. */
    public static String withoutMessages(Throwable failure) {
        StringBuilder trace = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            trace.append(cause.getClass().getName())
                    .append(Arrays.stream(cause.getStackTrace())
                            .map(frame -> "\n\tat " + frame)
                            .collect(Collectors.joining()))
                    .append('\n');
        }
        return trace.toString();
    }
}
