package io.playgrant.bench.server;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Environment;
import io.playgrant.config.Settings;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.http.BasicCredentials;
import io.playgrant.route.http.BodyFormat;
import io.playgrant.route.http.ClientConnection;
import io.playgrant.route.http.FormDecoder;
import io.playgrant.route.http.Hosts;
import io.playgrant.route.http.HttpCall;
import io.playgrant.token.TokenRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a request to the hand-written server, with the service's own decoding and checks. */
final class CallReader {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern PORT = Pattern.compile("\\.?(?::[0-9]*)?$");

    private final Hosts hosts;
    private final Pattern testHosts;

    CallReader(Settings settings) {
        hosts = new Hosts(settings);
        testHosts = Pattern.compile(
                settings.testHosts().stream()
                        .map(host -> Pattern.quote(host).replace("*", "\\E.*\\Q"))
                        .collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE);
    }

    /** Reads query, form, credentials and origin. */
    void read(PlainCall plain, byte[] body) {
        HttpServerRequest request = plain.request();
        HttpCall call = call(plain, body);
        FormDecoder.decode(call.query().getBytes(StandardCharsets.ISO_8859_1), plain.parameters);
        if (request.method().equals(HttpMethod.POST) && body.length > 0) {
            if (body.length > HttpCall.LARGEST_BODY) {
                throw TokenException.of(ErrorCode.CONTENT_TOO_LARGE);
            }
            BodyFormat.checkNotEncoded(call);
            BodyFormat.checkType(call, FORM);
            FormDecoder.decode(body, plain.parameters);
        }
        BasicCredentials.read(call, plain.parameters);
        Environment environment = environment(call.connection().authority());
        plain.wasRead(
                TokenRequest.of(plain.parameters),
                new Origin(environment, call.connection().address()),
                hosts.rightsUrl(environment, call));
    }

    private static HttpCall call(PlainCall plain, byte[] body) {
        HttpServerRequest request = plain.request();
        String query = request.query();
        String type = request.getHeader("Content-Type");
        return new HttpCall(
                plain.id(),
                request.method().name(),
                request.path(),
                query == null ? "" : query,
                new ClientConnection("http", authority(request), address(request), null),
                type == null ? "" : type,
                String.join(",", request.headers().getAll("Accept")),
                request.headers().getAll("Authorization"),
                new HttpCall.Body(HttpCall.Body.State.READ, body));
    }

    private static String authority(HttpServerRequest request) {
        return request.headers().getAll("Host").size() == 1 ? request.getHeader("Host") : "";
    }

    private static InetAddress address(HttpServerRequest request) {
        try {
            return InetAddress.getByName(request.remoteAddress().hostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private Environment environment(String authority) {
        String host = PORT.matcher(authority).replaceFirst("");
        return testHosts.matcher(host).matches() ? Environment.TEST : Environment.PRODUCTION;
    }
}
