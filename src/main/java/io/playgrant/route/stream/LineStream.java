package io.playgrant.route.stream;

import io.playgrant.route.http.AdmittedCall;
import io.playgrant.route.http.HttpCallEngine;
import io.playgrant.route.http.connection.LingeringClose;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the lines of a request as they arrive. It reads and writes on the event loop, and takes a worker only when lines are waiting and
 * the client reads the answers; otherwise it stops reading (backpressure). Its memory is bounded, however long the request is.
 *
 * <p>A stream that cannot reach the end of its request answers the lines that it has read, and then closes the connection without the end
 * of a complete answer, so that the client notices.
 */
final class LineStream {

    /** A stream without input or output for so long is cut off. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(LineStream.class);

    /** HTTP/2: the stream is not needed any more (RFC 9113 section 7). */
    private static final long CANCEL = 8;

    private enum Input {
        OPEN,
        COMPLETE,
        CUT
    }

    private final Context loop;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final LineIssuer issuer;
    private final Duration longestSilence;
    private final Runnable whenEnded;

    private final LineQueue lines = new LineQueue();
    private final LineSplitter splitter = new LineSplitter(lines::add);
    private Input input = Input.OPEN;
    private Future<Void> lastWrite = Future.succeededFuture();
    private boolean reading;
    private boolean working;
    private boolean waiting;
    private boolean ended;
    private long silentSince = System.nanoTime();
    private volatile boolean gone;

    private LineStream(
            Context loop, AdmittedCall admitted, LineIssuer issuer, Duration longestSilence, Runnable whenEnded) {
        this.loop = loop;
        this.request = admitted.context().request();
        this.response = admitted.context().response();
        this.issuer = issuer;
        this.longestSilence = longestSilence;
        this.whenEnded = whenEnded;
    }

    /**
     * Starts to answer an admitted request that is paused.
     *
     * @param longestSilence how long nothing may come or go
     * @param whenEnded is run once, on the event loop, when nothing more is to come
     */
    static void start(AdmittedCall admitted, LineIssuer issuer, Duration longestSilence, Runnable whenEnded) {
        Context loop = admitted.context().vertx().getOrCreateContext();
        LineStream stream = new LineStream(loop, admitted, issuer, longestSilence, whenEnded);
        loop.runOnContext(on -> {
            stream.begin();
            admitted.slot().whenClosing(() -> loop.runOnContext(later -> stream.cut()));
        });
    }

    private void begin() {
        if (response.closed()) {
            gone();
            return;
        }
        request.handler(this::read).endHandler(end -> complete()).exceptionHandler(failure -> gone());
        response.closeHandler(closed -> gone())
                .exceptionHandler(failure -> gone())
                .drainHandler(drained -> {
                    silentSince = System.nanoTime();
                    goOn();
                });
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            response.writeContinue();
        }
        response.putHeader("Content-Type", HttpCallEngine.LINES).setChunked(true);
        lastWrite = response.writeHead();
        watch(longestSilence.toNanos());
        goOn();
    }

    private void read(Buffer bytes) {
        if (input == Input.OPEN) {
            silentSince = System.nanoTime();
            splitter.add(bytes.getBytes());
            goOn();
        }
    }

    private void complete() {
        if (input == Input.OPEN) {
            splitter.finish();
            input = Input.COMPLETE;
            goOn();
        }
    }

    /** Stops reading. */
    private void cut() {
        if (waiting) {
            // It may take long until the rate of the account permits more.
            lines.clear();
            waiting = false;
            input = Input.CUT;
        } else if (input == Input.OPEN) {
            input = Input.CUT;
        }
        goOn();
    }

    private void goOn() {
        if (ended || gone) {
            return;
        }
        if (!working && !waiting && !lines.isEmpty() && !response.writeQueueFull()) {
            answerSome();
        }
        if (!working && !waiting && lines.isEmpty() && input != Input.OPEN) {
            end();
        } else if (input != Input.COMPLETE) {
            // A request that has been read cannot be paused over HTTP/2.
            setReading(input == Input.OPEN && !lines.isFull() && !response.writeQueueFull());
        }
    }

    private void setReading(boolean more) {
        if (more != reading) {
            reading = more;
            if (more) {
                request.resume();
            } else {
                request.pause();
            }
        }
    }

    private void answerSome() {
        working = true;
        List<Line> some = lines.take();
        // Not synchronously, even if the answer is ready: the caller relies on the state that it has read.
        loop.executeBlocking(() -> issuer.answer(some, () -> gone), false)
                .onComplete(answers -> loop.runOnContext(later -> answered(answers)));
    }

    private void answered(AsyncResult<LineAnswers> result) {
        working = false;
        silentSince = System.nanoTime();
        if (gone) {
            tellEnded();
            return;
        }
        if (result.failed()) {
            LOG.error("A stream failed: {}", result.cause().getClass().getName());
            lines.clear();
            input = Input.CUT;
        } else {
            write(result.result());
        }
        goOn();
    }

    private void write(LineAnswers answers) {
        if (answers.results().length() > 0) {
            lastWrite = response.write(answers.results());
        }
        if (answers.rest().isEmpty()) {
            return;
        }
        lines.putBack(answers.rest());
        waiting = true;
        if (input == Input.CUT) {
            cut();
            return;
        }
        loop.owner().setTimer(Math.max(1, answers.pause().toMillis()), late -> {
            waiting = false;
            goOn();
        });
    }

    private void end() {
        ended = true;
        if (input == Input.COMPLETE) {
            response.end();
            tellEnded();
        } else if (request.version() == HttpVersion.HTTP_2) {
            resetAfterLastWrite();
        } else {
            LingeringClose.of(request).onComplete(closed -> tellEnded());
        }
    }

    /** A reset overtakes pending output, which a client that does not read holds back. */
    private void resetAfterLastWrite() {
        Promise<Void> sent = Promise.promise();
        long timer = loop.owner().setTimer(LingeringClose.LONGEST.toMillis(), late -> sent.tryComplete());
        lastWrite.onComplete(written -> sent.tryComplete());
        sent.future().onComplete(done -> {
            loop.owner().cancelTimer(timer);
            response.reset(CANCEL);
            tellEnded();
        });
    }

    /** The client has closed the connection. */
    private void gone() {
        if (!gone && !ended) {
            gone = true;
            if (!working) {
                tellEnded();
            }
        }
    }

    private void tellEnded() {
        whenEnded.run();
    }

    private void watch(long nanos) {
        loop.owner().setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), late -> {
            long left = longestSilence.toNanos() - (System.nanoTime() - silentSince);
            if (ended || gone) {
                return;
            }
            if (left > 0 || working || waiting) {
                watch(left > 0 ? left : longestSilence.toNanos());
            } else if (response.writeQueueFull()) {
                abandon();
            } else {
                cut();
            }
        });
    }

    /** Closes the connection of a client that does not read. */
    private void abandon() {
        if (request.version() == HttpVersion.HTTP_2) {
            response.reset(CANCEL);
        } else {
            LingeringClose.skip(request);
        }
        gone();
    }
}
