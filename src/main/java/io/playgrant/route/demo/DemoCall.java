package io.playgrant.route.demo;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.http.AdmittedCall;
import io.playgrant.token.Parameter;
import java.util.regex.Pattern;

/** A call of the demo's page. */
final class DemoCall extends RequestContext {

    /** Under any other name, a web page could have it resolved to this machine, and would get the demo's authenticator. */
    private static final Pattern LOCAL = Pattern.compile(
            "(?:127\\.0\\.0\\.1|(?:[a-z0-9_.-]+\\.)?localhost)\\.?(?::[0-9]+)?", Pattern.CASE_INSENSITIVE);

    private final AdmittedCall call;

    /**
     * Reads a call.
     *
     * @throws TokenException {@link ErrorCode#BAD_REQUEST} if its host is a name that could be anyone's
     */
    DemoCall(AdmittedCall call) {
        super(call.id(), call.source());
        this.call = call;
        if (!LOCAL.matcher(call.authority()).matches()) {
            throw TokenException.of(
                    ErrorCode.BAD_REQUEST, "the demo answers at 127.0.0.1, localhost and names that end in .localhost");
        }
    }

    /** The path without query. */
    String path() {
        return call.path();
    }

    /**
     * A parameter of the query or the form.
     *
     * @throws TokenException {@link ErrorCode#BAD_REQUEST} unless it was sent exactly once
     */
    String parameter(String name) {
        Parameter parameter = call.parameters().get(name);
        if (!parameter.isSingle()) {
            throw TokenException.of(ErrorCode.BAD_REQUEST, name + " must be given once");
        }
        return parameter.value();
    }
}
