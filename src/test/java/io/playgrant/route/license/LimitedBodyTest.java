package io.playgrant.route.license;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class LimitedBodyTest {

    @Test
    void body_hasAllItsParts() {
        BodyStream<Buffer> body = body(8, Duration.ofHours(1));
        assertThat(body.write(Buffer.buffer("1234")).succeeded()).isTrue();
        assertThat(body.write(Buffer.buffer("5678")).succeeded()).isTrue();
        body.end();
        assertThat(body.result().result().toString()).isEqualTo("12345678");
    }

    @Test
    void tooLargeBody_fails() {
        BodyStream<Buffer> body = body(8, Duration.ofHours(1));
        body.write(Buffer.buffer("1234"));
        Future<Void> tooMuch = body.write(Buffer.buffer("56789"));
        assertThat(tooMuch.cause()).isInstanceOf(LimitedBody.TooLargeException.class);
    }

    @Test
    void bodyThatComesTooSlowly_fails() {
        Future<Void> late = body(8, Duration.ofNanos(-1)).write(Buffer.buffer("1"));
        assertThat(late.cause()).isInstanceOf(TimeoutException.class);
    }

    @Test
    void brokenConnection_isAFailure() {
        BodyStream<Buffer> body = body(8, Duration.ofHours(1));
        body.handle(new IllegalStateException("it broke"));
        body.end();
        assertThat(body.result().cause()).hasMessage("it broke");
    }

    private static BodyStream<Buffer> body(int largest, Duration timeout) {
        CompletableFuture<BodyStream<Buffer>> created = new CompletableFuture<>();
        new LimitedBody(largest, timeout).create(stream -> created.complete(stream.result()));
        return created.join();
    }
}
