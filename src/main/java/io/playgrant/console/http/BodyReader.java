package io.playgrant.console.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Reads the body of a request on the event loop, within limits of size and time. */
final class BodyReader {

    /** The largest body, in bytes. */
    static final int LARGEST = 64 * 1_024;

    /** How much of a body that is too large is read and discarded, so that its client reads the answer instead of failing to send. */
    private static final int LARGEST_DISCARDED = 1_024 * 1_024;

    private final Vertx vertx;
    private final Consumer<byte[]> whenRead;
    private final Consumer<ConsoleException> whenRefused;
    private final Buffer body = Buffer.buffer();
    private final long timer;
    private long length;
    private boolean done;

    private BodyReader(
            Vertx vertx, Duration timeout, Consumer<byte[]> whenRead, Consumer<ConsoleException> whenRefused) {
        this.vertx = vertx;
        this.whenRead = whenRead;
        this.whenRefused = whenRefused;
        this.timer = vertx.setTimer(
                timeout.toMillis(),
                id -> refuse(408, "Request Timeout", "The request did not arrive completely in time."));
    }

    /**
     * Reads the body. One of the callbacks is called once, unless the client closes the connection.
     *
     * @param timeout how long the body may take to arrive
     * @param whenRefused gets the reason why the request cannot be read; what remains of it must not be taken for another request
     */
    static void read(
            Vertx vertx,
            HttpServerRequest request,
            Duration timeout,
            Consumer<byte[]> whenRead,
            Consumer<ConsoleException> whenRefused) {
        List<String> codings = request.headers().getAll("Transfer-Encoding");
        if (!codings.isEmpty() && !(codings.size() == 1 && codings.get(0).trim().equalsIgnoreCase("chunked"))) {
            whenRefused.accept(new ConsoleException(400, "Bad Request", "The end of the body is ambiguous."));
            return;
        }
        BodyReader reader = new BodyReader(vertx, timeout, whenRead, whenRefused);
        request.handler(reader::add);
        request.exceptionHandler(failure -> reader.stop());
        request.endHandler(end -> reader.end());
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    private void add(Buffer part) {
        length += part.length();
        if (length <= LARGEST) {
            body.appendBuffer(part);
        } else if (length > LARGEST_DISCARDED) {
            refuseTooLarge();
        }
    }

    private void end() {
        if (length > LARGEST) {
            refuseTooLarge();
        } else if (!done) {
            stop();
            whenRead.accept(body.getBytes());
        }
    }

    private void refuseTooLarge() {
        refuse(413, "Content Too Large", "The body may have at most " + LARGEST + " bytes.");
    }

    private void refuse(int status, String title, String detail) {
        if (!done) {
            stop();
            whenRefused.accept(new ConsoleException(status, title, detail));
        }
    }

    private void stop() {
        done = true;
        vertx.cancelTimer(timer);
    }
}
