package io.playgrant.route.http.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;

/**
 * Closes an HTTP/1 connection whose client may still be sending: flushes the answer, closes the sending half, and discards input until the
 * client closes its half. If it were closed at once, unread input would reset the connection, and the client might lose the answer
 * (RFC 9112 section 9.6).
 */
public final class LingeringClose {

    /** How long to wait for the client. */
    public static final Duration LONGEST = Duration.ofSeconds(2);

    private LingeringClose() {}

    /**
     * Ends the connection of a request, on its event loop.
     *
     * @return completed when the connection is closed
     */
    public static Future<Void> of(HttpServerRequest request) {
        if (!(request.connection() instanceof ConnectionBase connection)) {
            return request.connection().close();
        }
        Promise<Void> closed = Promise.promise();
        ChannelHandlerContext channel = connection.channelHandlerContext();
        Vertx vertx = connection.getContext().owner();
        long timer = vertx.setTimer(LONGEST.toMillis(), late -> close(channel));
        channel.channel().closeFuture().addListener(end -> {
            vertx.cancelTimer(timer);
            closed.tryComplete();
        });
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (channel.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
                duplex.shutdownOutput().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            }
        });
        if (request.isEnded()) {
            close(channel);
        } else {
            request.endHandler(end -> close(channel));
            request.resume();
        }
        return closed.future();
    }

    /** Closes the connection at once, even if output is pending. */
    public static void skip(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            close(connection.channelHandlerContext());
        }
    }

    private static void close(ChannelHandlerContext channel) {
        channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}
