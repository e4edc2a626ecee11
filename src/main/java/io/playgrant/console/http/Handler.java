package io.playgrant.console.http;

/** Answers a request on a worker thread of the console. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers a request.
     *
     * @throws ConsoleException to refuse it
     * @throws Exception if it fails unexpectedly; the answer is then 500, without the message
     */
    Answer handle(ConsoleCall call) throws Exception;
}
