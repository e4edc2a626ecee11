package io.playgrant.route.http.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import io.playgrant.observe.HalfClosure;

/**
 * Closes a connection whose client pipelines too many requests (RFC 9112 section 9.3.2). Vert.x would keep all of them in memory before
 * admission control sees them.
 */
public final class PipelineLimit extends ChannelDuplexHandler {

    /** How many requests of one connection may be unanswered. */
    public static final int MOST = 10;

    private int unanswered;

    /** How many requests have come in the same read, answered or not. */
    private int atOnce;

    private boolean closed;

    PipelineLimit() {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!closed && message instanceof HttpRequest && isOneTooMany()) {
            closed = true;
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            // Input that was already read is not decoded.
            context.pipeline().remove(HttpRequestDecoder.class);
        }
        if (closed) {
            // The input that was read together with the request over the limit.
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    /** Answers leave when all that has come at once was handled: until then its sender cannot have seen one. */
    private boolean isOneTooMany() {
        unanswered++;
        atOnce++;
        return unanswered > MOST || atOnce > MOST;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        atOnce = 0;
        context.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (HalfClosure.isEndOfAnswer(message)) {
            unanswered--;
        }
        super.write(context, message, promise);
    }
}
