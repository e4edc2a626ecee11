package io.playgrant.console.api.call;

import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;

/** Answers a call of the admin API. */
@FunctionalInterface
public interface ApiHandler {

    /**
     * Answers a call.
     *
     * @throws ApiException to refuse it
     */
    Answer handle(ConsoleCall call);
}
