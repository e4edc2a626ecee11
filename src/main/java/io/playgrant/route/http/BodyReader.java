package io.playgrant.route.http;

import io.playgrant.route.http.connection.Framing;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request on its event loop. Once it is over the limit, its bytes are discarded. */
final class BodyReader {

    /** How many bytes of a body that is too large are read and discarded, so that its client reads the answer instead of failing to send. */
    private static final int LARGEST_DISCARDED = 4 * 1024 * 1024;

    private final HttpServerRequest request;
    private final int largest;
    private final Receiver receiver;
    private @Nullable Buffer buffer;
    private int length;
    private boolean done;

    private BodyReader(HttpServerRequest request, int largest, Receiver receiver) {
        this.request = request;
        this.largest = largest;
        this.receiver = receiver;
    }

    /** Is given the body once. */
    @FunctionalInterface
    interface Receiver {

        /**
         * Receives the body.
         *
         * @param isComplete whether the request was read to its end
         */
        void receive(HttpCall.Body body, boolean isComplete);
    }

    /**
     * Reads the body, or as much of it as matters.
     *
     * @param largest the largest body, in bytes
     */
    static void read(HttpServerRequest request, int largest, Receiver receiver) {
        if (Framing.isCertain(request)) {
            new BodyReader(request, largest, receiver).read();
        } else {
            receiver.receive(HttpCall.Body.MALFORMED, false);
        }
    }

    private void read() {
        request.handler(this::add);
        request.exceptionHandler(failure -> finish(HttpCall.Body.MALFORMED, false));
        request.endHandler(end -> finish(content(), true));
    }

    private void add(Buffer part) {
        length += part.length();
        if (length <= largest) {
            buffer = (buffer == null ? Buffer.buffer(part.length()) : buffer).appendBuffer(part);
        } else if (length > LARGEST_DISCARDED) {
            request.pause();
            finish(HttpCall.Body.TOO_LARGE, false);
        }
    }

    private HttpCall.Body content() {
        if (length > largest) {
            return HttpCall.Body.TOO_LARGE;
        }
        return buffer == null ? HttpCall.Body.EMPTY : HttpCall.Body.of(buffer.getBytes());
    }

    private void finish(HttpCall.Body body, boolean isComplete) {
        if (!done) {
            done = true;
            receiver.receive(body, isComplete);
        }
    }
}
