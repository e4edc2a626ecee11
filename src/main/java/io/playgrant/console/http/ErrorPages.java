package io.playgrant.console.http;

import org.jspecify.annotations.Nullable;

/** Renders refusals as pages. */
@FunctionalInterface
public interface ErrorPages {

    /**
     * The page of a refusal.
     *
     * @param requestId the id of the refused request
     * @param call the refused request; null if it was refused before its operator was known
     */
    String page(ConsoleException refusal, String requestId, @Nullable ConsoleCall call);
}
