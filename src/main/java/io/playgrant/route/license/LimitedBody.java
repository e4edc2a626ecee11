package io.playgrant.route.license;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a response, but not more than so many bytes, and not for longer than a time: the timeout of Vert.x begins anew with
 * each part that comes.
 */
final class LimitedBody implements BodyCodec<Buffer> {

    private final int largest;
    private final Duration timeout;

    /**
     * A body with limits.
     *
     * @param largest the largest number of bytes
     * @param timeout how long the body may take, from its beginning
     */
    LimitedBody(int largest, Duration timeout) {
        this.largest = largest;
        this.timeout = timeout;
    }

    /** The body has more bytes than are read. */
    static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    @Override
    public void create(Handler<AsyncResult<BodyStream<Buffer>>> handler) {
        handler.handle(Future.succeededFuture(new Stream(largest, System.nanoTime() + timeout.toNanos())));
    }

    private static final class Stream implements BodyStream<Buffer> {

        private final int largest;
        private final long end;
        private final Buffer body = Buffer.buffer();
        private final Promise<Buffer> result = Promise.promise();

        private Stream(int largest, long end) {
            this.largest = largest;
            this.end = end;
        }

        @Override
        public Future<Buffer> result() {
            return result.future();
        }

        @Override
        public void handle(Throwable failure) {
            result.tryFail(failure);
        }

        @Override
        public Future<Void> write(Buffer part) {
            if (body.length() + part.length() > largest) {
                return Future.failedFuture(new TooLargeException());
            }
            if (System.nanoTime() - end > 0) {
                return Future.failedFuture(new TimeoutException());
            }
            body.appendBuffer(part);
            return Future.succeededFuture();
        }

        @Override
        public void write(Buffer part, @Nullable Handler<AsyncResult<Void>> handler) {
            Future<Void> written = write(part);
            if (handler != null) {
                written.onComplete(handler);
            }
        }

        @Override
        public void end(@Nullable Handler<AsyncResult<Void>> handler) {
            result.tryComplete(body);
            if (handler != null) {
                handler.handle(Future.succeededFuture());
            }
        }

        @Override
        public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
            return this;
        }

        @Override
        public WriteStream<Buffer> setWriteQueueMaxSize(int size) {
            return this;
        }

        @Override
        public boolean writeQueueFull() {
            return false;
        }

        @Override
        public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
            return this;
        }
    }
}
