package io.playgrant.route.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * Checks where the body of an HTTP/1 request ends. If another implementation could see another end, the connection is closed after the
 * answer, so that no following bytes are taken for a request (RFC 9112 section 6.3).
 */
public final class Framing extends VertxHttpRequestDecoder {

    /** Vert.x's default, which Camel keeps. */
    Framing() {
        super(new HttpServerOptions());
    }

    /** Whether the end of a body is unambiguous, so that the body may be used. */
    public static boolean isCertain(HttpServerRequest request) {
        return !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || isCertain(
                        request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING),
                        request.version() == HttpVersion.HTTP_1_0);
    }

    /** HTTP/1.0 has no transfer codings (RFC 9112 section 6.1). */
    private static boolean isCertain(List<String> codings, boolean isHttp10) {
        return codings.isEmpty()
                || (codings.size() == 1 && codings.get(0).trim().equalsIgnoreCase("chunked") && !isHttp10);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
        int before = out.size();
        super.decode(context, bytes, out);
        for (int i = before; i < out.size(); i++) {
            if (out.get(i) instanceof HttpRequest request && !isCertain(request)) {
                makeLast(request);
            }
        }
    }

    private static boolean isCertain(HttpRequest request) {
        return !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || isCertain(
                        request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING),
                        request.protocolVersion().equals(io.netty.handler.codec.http.HttpVersion.HTTP_1_0));
    }

    /** The chunks count; Netty would refuse the request. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        message.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        clearContentLength();
        makeLast(message);
    }

    /** As if the client had asked for it. */
    private static void makeLast(HttpMessage message) {
        message.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
}
