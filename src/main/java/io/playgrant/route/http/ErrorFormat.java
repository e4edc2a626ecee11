package io.playgrant.route.http;

import io.playgrant.token.Parameter;
import io.playgrant.token.Parameters;
import java.util.Arrays;
import java.util.Locale;

/** How an error is written (protocol section 3). */
enum ErrorFormat {
    HTML,
    JSON;

    /** Whether the parameter {@code errorFormat} asks for json. */
    static boolean isAskedFor(Parameters parameters) {
        Parameter format = parameters.get("errorFormat");
        return format.isSingle() && format.value().equals("json");
    }

    /**
     * The form of an error that the protocol has a number for.
     *
     * @param parameters the parameters of the call as far as they were read
     */
    static ErrorFormat of(Endpoint endpoint, HttpCall call, Parameters parameters) {
        return endpoint.hasJsonErrors(call.path()) || isAskedFor(parameters) ? JSON : HTML;
    }

    /**
     * The form of an error that the protocol has no number for, for which {@code Accept} matters too.
     *
     * @param parameters the parameters of the call as far as they were read
     */
    static ErrorFormat ofHttpError(Endpoint endpoint, HttpCall call, Parameters parameters) {
        return isAccepted(call.accept()) ? JSON : of(endpoint, call, parameters);
    }

    private static boolean isAccepted(String accept) {
        return !accept.isEmpty()
                && Arrays.stream(accept.split(","))
                        .map(range -> range.split(";", 2)[0].trim().toLowerCase(Locale.ROOT))
                        .anyMatch("application/json"::equals);
    }
}
