package io.playgrant.route;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Environment;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code read-request}: an {@link HttpCall} becomes a {@link TokenRequest} (protocol section 2). */
final class ReadTokenRequest implements Processor {

    private static final Pattern FORM = Pattern.compile(
            "\\s*application/x-www-form-urlencoded\\s*(?:;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?;?\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BASIC = Pattern.compile("basic +([A-Za-z0-9+/]+=*) *", Pattern.CASE_INSENSITIVE);

    /** No authenticator has this form. */
    private static final String MALFORMED = "malformed";

    private final Hosts hosts;

    ReadTokenRequest(Hosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public void process(Exchange exchange) {
        HttpCall call = exchange.getMessage().getBody(HttpCall.class);
        checkMethod(exchange, call);
        checkFraming(call);
        checkArrival(call.arrival());
        Parameters parameters = FlowProperties.parameters(exchange);
        if (call.method().equals("POST")) {
            readForm(call, parameters);
        }
        ErrorFormat.note(exchange, call, parameters);
        readBasicCredentials(call, parameters);
        Environment environment = hosts.environment(call.arrival().authority());
        FlowProperties.setOrigin(
                exchange, new Origin(environment, call.arrival().address()));
        exchange.setProperty(FlowProperties.RIGHTS_URL, hosts.rightsUrl(environment, call));
        exchange.getMessage().setBody(TokenRequest.of(parameters));
    }

    private static void checkMethod(Exchange exchange, HttpCall call) {
        if (!call.method().equals("GET") && !call.method().equals("POST")) {
            exchange.setProperty(FlowProperties.ALLOW, "GET, POST");
            throw TokenException.of(ErrorCode.METHOD_NOT_ALLOWED, "use GET or POST");
        }
    }

    /** Whatever the method: where the body ends is where the next request begins. */
    private static void checkFraming(HttpCall call) {
        if (call.body().state() == HttpCall.Body.State.MALFORMED) {
            throw TokenException.of(ErrorCode.BAD_REQUEST, "the body could not be read");
        }
    }

    /** Before anything is asked of the address or the host. */
    private static void checkArrival(Arrival arrival) {
        if (arrival.refusal() != null) {
            throw arrival.refusal();
        }
    }

    private static void readForm(HttpCall call, Parameters parameters) {
        byte[] body = call.body().bytes();
        if (call.body().state() == HttpCall.Body.State.TOO_LARGE) {
            throw TokenException.of(
                    ErrorCode.CONTENT_TOO_LARGE, "a body has at most " + HttpCall.LARGEST_BODY + " bytes");
        }
        if (body.length == 0) {
            return;
        }
        if (!FORM.matcher(call.contentType()).matches()) {
            throw TokenException.of(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "a body must be application/x-www-form-urlencoded in UTF-8");
        }
        FormDecoder.decode(body, parameters);
    }

    /** Account number and hexadecimal digits as user and password (RFC 7617); other schemes are not meant for this service. */
    private static void readBasicCredentials(HttpCall call, Parameters parameters) {
        for (String authorization : call.authorizations()) {
            if (!authorization.regionMatches(true, 0, "basic", 0, "basic".length())) {
                continue;
            }
            Matcher matcher = BASIC.matcher(authorization);
            parameters.add("customerAuthenticator", matcher.matches() ? authenticator(matcher.group(1)) : MALFORMED);
        }
    }

    private static String authenticator(String credentials) {
        try {
            String userAndPassword = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return userAndPassword.indexOf(':') < 0 ? MALFORMED : userAndPassword.replaceFirst(":", ",");
        } catch (IllegalArgumentException e) {
            return MALFORMED;
        }
    }
}
