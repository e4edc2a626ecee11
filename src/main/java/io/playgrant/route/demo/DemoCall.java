package io.playgrant.route.demo;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.http.AdmittedCall;
import io.playgrant.token.Parameter;

/** A call of the demo's page. */
final class DemoCall extends RequestContext {

    private final AdmittedCall call;

    DemoCall(AdmittedCall call) {
        super(call.id(), call.source());
        this.call = call;
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
