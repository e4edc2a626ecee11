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
 * Where the body of an HTTP/1 request ends. Reads requests as Vert.x does; but where another reader could see another end, nothing that
 * comes behind is taken for the next request: the connection is closed after the answer (RFC 9112 section 6.3).
 */
public final class Framing extends VertxHttpRequestDecoder {

    /** Camel leaves the options of its server as they are. */
    Framing() {
        super(new HttpServerOptions());
    }

    /** Whether the end of a body is certain enough to use it. */
    public static boolean isCertain(HttpServerRequest request) {
        return isCertain(
                request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING), request.version() == HttpVersion.HTTP_1_0);
    }

    /** HTTP/1.0 knows no transfer coding (RFC 9112 section 6.1). */
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
        return isCertain(
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
