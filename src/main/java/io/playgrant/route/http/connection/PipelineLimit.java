package io.playgrant.route.http.connection;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/**
 * Closes a connection whose client pipelines too many requests (RFC 9112 section 9.3.2). Vert.x would keep all of them in memory before
 * admission control sees them.
 */
public final class PipelineLimit extends ChannelInboundHandlerAdapter {

    /** How many requests of one connection may be unanswered. */
    public static final int MOST = 10;

    private static final String NAME = "playgrant-pipeline-limit";

    /** Starts at one: the first request came before this handler was added. */
    private int unanswered = 1;

    /** How many requests have come in the same read, answered or not. */
    private int atOnce = 1;

    private boolean closed;

    private PipelineLimit() {}

    /** Counts a request that has come, on the event loop, and those that come after it on its connection. */
    public static void count(RoutingContext context) {
        if (context.request().version() == HttpVersion.HTTP_2
                || !(context.request().connection() instanceof ConnectionBase connection)) {
            return;
        }
        ChannelHandlerContext vertx = connection.channelHandlerContext();
        if (vertx.isRemoved()) {
            // The connection is closed; what was sent on it before is still handed out.
            return;
        }
        ChannelPipeline pipeline = vertx.pipeline();
        PipelineLimit present = (PipelineLimit) pipeline.get(NAME);
        PipelineLimit limit = present == null ? new PipelineLimit() : present;
        if (present == null) {
            pipeline.addBefore(vertx.name(), NAME, limit);
        }
        context.addEndHandler(ended -> limit.unanswered--);
    }

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
}
