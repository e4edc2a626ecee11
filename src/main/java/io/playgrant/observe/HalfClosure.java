package io.playgrant.observe;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * Answers the requests of an HTTP/1 connection that were complete when its input ended, then closes the connection. The input ends when the
 * client shuts down its sending side, where Netty would close the connection at once, or when its data is malformed. A client that has
 * closed its connection looks the same until the server sends something. If no answer is due, the connection is closed at once.
 */
public final class HalfClosure extends ChannelDuplexHandler {

    /** The number of requests, including one that is still being received, whose answer is not completely written. */
    private int unanswered;

    /** Whether a request is partly received. */
    private boolean receiving;

    private boolean inputHasEnded;

    private HalfClosure() {}

    /** Lets the client of a connection shut down its sending side, from the first request on. Called once, on the event loop. */
    public static void allow(Channel channel) {
        String encoder = channel.pipeline().context(HttpResponseEncoder.class).name();
        channel.pipeline().addAfter(encoder, "playgrant-half-closure", new HalfClosure());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    /** The connection speaks HTTP/2 from now on. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            unanswered++;
            receiving = true;
        } else if (message instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            // Not passed on to Vert.x, which would neither answer the earlier requests nor close the connection.
            end(context.channel());
        }
        if (inputHasEnded) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof LastHttpContent) {
            receiving = false;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            end(context.channel());
        }
        context.fireUserEventTriggered(event);
    }

    private void end(Channel channel) {
        if (inputHasEnded) {
            return;
        }
        inputHasEnded = true;
        // Does not wait for an incomplete request, which may have been refused already.
        if (receiving && unanswered > 0) {
            unanswered--;
        }
        if (unanswered == 0) {
            channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (!isEndOfAnswer(message)) {
            super.write(context, message, promise);
            return;
        }
        unanswered--;
        boolean isLast = inputHasEnded && unanswered <= 0;
        super.write(context, message, isLast ? promise.unvoid().addListener(ChannelFutureListener.CLOSE) : promise);
    }

    /** Whether this message of Netty is the last of an answer, and not of an interim one such as {@code 100 Continue}. */
    public static boolean isEndOfAnswer(Object message) {
        boolean isInformation = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        return message instanceof LastHttpContent && !isInformation;
    }
}
