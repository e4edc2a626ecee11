package io.playgrant.error;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The log text for an unexpected exception. */
public final class FailureTrace {

    private FailureTrace() {}

    /** The classes and stack traces of an exception and its causes, without messages, which may quote secrets of a request. */
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
