package io.playgrant.bench.server;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Caller;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A request to the hand-written server, from its arrival to its answer. */
final class PlainCall {

    private final HttpServerRequest request;
    private final String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final long since = System.nanoTime();
    final Parameters parameters = new Parameters();
    @Nullable Caller caller;
    private @Nullable TokenRequest tokenRequest;
    private Origin origin = Origin.internal();
    private String rightsUrl = "";

    PlainCall(HttpServerRequest request) {
        this.request = request;
    }

    HttpServerRequest request() {
        return request;
    }

    String id() {
        return id;
    }

    long nanos() {
        return System.nanoTime() - since;
    }

    /** Notes what was read of it. */
    void wasRead(TokenRequest read, Origin from, String rights) {
        tokenRequest = read;
        origin = from;
        rightsUrl = rights;
    }

    TokenRequest tokenRequest() {
        return Objects.requireNonNull(tokenRequest);
    }

    Caller knownCaller() {
        return Objects.requireNonNull(caller);
    }

    Origin origin() {
        return origin;
    }

    String rightsUrl() {
        return rightsUrl;
    }

    @Nullable String address() {
        InetAddress address = origin.address();
        return address == null ? null : address.getHostAddress();
    }

    void succeed(String licenseUrl) {
        response().putHeader("Content-Type", "text/uri-list").end(licenseUrl);
    }

    /** The response, with the headers of every answer. */
    HttpServerResponse response() {
        return request.response()
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Request-Id", id);
    }
}
