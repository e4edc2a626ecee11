package io.playgrant.route.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.concurrent.Future;
import io.playgrant.observe.HalfClosure;
import io.vertx.core.Vertx;

/**
 * Gives connections that speak HTTP/1 a {@link Framing}, a {@link HalfClosure} and a {@link PipelineLimit}. Vert.x has no place for that, and chooses
 * the protocol when the first bytes come: so a handler of the listening socket sees each connection that is accepted, and one of the
 * connection sees its first bytes.
 */
public final class ConnectionSetup extends ChannelInboundHandlerAdapter {

    private ConnectionSetup() {}

    /** Prepares the connections that are accepted from now on. */
    public static void of(Vertx vertx) {
        EventLoops.forEachListener(vertx, listener -> listener.pipeline().addFirst(new ConnectionSetup()))
                .forEach(Future::syncUninterruptibly);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        ((Channel) accepted).pipeline().addLast(new WhenRegistered());
        context.fireChannelRead(accepted);
    }

    /** Vert.x has added its handlers by then, of which TLS or the choice of the protocol is the last. */
    private static final class WhenRegistered extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRegistered(ChannelHandlerContext context) {
            context.pipeline().addLast(new BeforeFirstBytes());
            context.pipeline().remove(this);
            context.fireChannelRegistered();
        }
    }

    /** Stands behind the one that chooses the protocol, and before what it adds for it. */
    private static final class BeforeFirstBytes extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            ChannelPipeline pipeline = context.pipeline();
            ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
            if (decoder != null) {
                pipeline.replace(decoder.handler(), decoder.name(), new Framing());
                HalfClosure.allow(context.channel());
                // Before the last handler, which is that of Vert.x.
                pipeline.addBefore(pipeline.lastContext().name(), null, new PipelineLimit());
            }
            pipeline.remove(this);
            context.fireChannelRead(bytes);
        }
    }
}
