package io.playgrant.route.http;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Environment;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.token.Parameters;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;

/** The first step of every route over HTTP: reads a call as its {@link Endpoint} is declared. */
public final class EndpointSteps {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final Hosts hosts;

    public EndpointSteps(Hosts hosts) {
        this.hosts = hosts;
    }

    /** Binds the step. */
    public void bind(StepRegistry steps) {
        steps.processor("read-call", this::readCall);
    }

    /** Makes the request that the following steps work on. */
    private void readCall(Exchange exchange) {
        AdmittedCall call = AdmittedCall.of(exchange);
        readQuery(call);
        Endpoint endpoint = call.endpoint();
        if (!endpoint.methods().isEmpty() && !endpoint.methods().contains(call.method())) {
            throw call.refuseMethod(endpoint.methods(), "use " + String.join(" or ", endpoint.methods()));
        }
        check(call.call());
        readContent(call);
        BasicCredentials.read(call.call(), call.parameters());
        readHeaders(call);
        noteOrigin(call);
        endpoint.read(call).begin(exchange);
    }

    /** Reads the query, and in it how errors are to be written, before anything can go wrong. */
    static void readQuery(AdmittedCall call) {
        decodeQuery(call.call(), call.parameters());
        call.chooseErrorFormat();
    }

    static void decodeQuery(HttpCall call, Parameters into) {
        FormDecoder.decode(call.query().getBytes(StandardCharsets.ISO_8859_1), into);
    }

    /** Refuses calls that cannot be trusted to end where they seem to, and those that nobody can say the origin of. */
    private static void check(HttpCall call) {
        // Whatever the method: where the body ends is where the next request begins.
        if (call.body().state() == HttpCall.Body.State.MALFORMED) {
            throw TokenException.of(ErrorCode.BAD_REQUEST, "the body could not be read");
        }
        // Before anything is asked of the address or the host.
        if (call.connection().refusal() != null) {
            throw call.connection().refusal();
        }
    }

    private static void readContent(AdmittedCall call) {
        switch (call.endpoint().content()) {
            case FORM -> {
                if (call.method().equals("POST")) {
                    readForm(call);
                }
            }
            case LINES -> {
                BodyFormat.checkNotEncoded(call.call());
                BodyFormat.checkType(call.call(), HttpCallEngine.LINES);
            }
            case BYTES -> {
                checkSize(call);
                BodyFormat.checkNotEncoded(call.call());
            }
            case ANY -> {}
        }
    }

    private static void readForm(AdmittedCall call) {
        checkSize(call);
        BodyFormat.checkNotEncoded(call.call());
        byte[] form = call.body().bytes();
        if (form.length > 0) {
            BodyFormat.checkType(call.call(), FORM);
            FormDecoder.decode(form, call.parameters());
            call.chooseErrorFormat();
        }
    }

    private static void checkSize(AdmittedCall call) {
        if (call.body().state() == HttpCall.Body.State.TOO_LARGE) {
            throw TokenException.of(
                    ErrorCode.CONTENT_TOO_LARGE,
                    "a body has at most " + call.endpoint().largestBody() + " bytes");
        }
    }

    private static void readHeaders(AdmittedCall call) {
        for (String name : call.endpoint().headerParameters()) {
            for (String value : call.context().request().headers().getAll(name)) {
                call.parameters().add(name, value);
            }
        }
    }

    /** Notes the environment, the address, and where tokens are redeemed, which a call that names no host does not say. */
    private void noteOrigin(AdmittedCall call) {
        ClientConnection connection = call.call().connection();
        Environment environment = hosts.environment(connection.authority());
        call.setOrigin(new Origin(environment, connection.address()), hosts.rightsUrl(environment, call.call()));
    }
}
