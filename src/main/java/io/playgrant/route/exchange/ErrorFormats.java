package io.playgrant.route.exchange;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.Parameter;
import java.util.Set;

/** The forms of errors that a client may ask for (protocol section 3). */
public final class ErrorFormats {

    private static final Set<String> KNOWN = Set.of("html", "json");

    private ErrorFormats() {}

    /**
     * Checks the parameter {@code errorFormat}.
     *
     * @throws TokenException {@link ErrorCode#INVALID_ERROR_FORMAT} if it asks for another form
     */
    public static void check(Parameter format) {
        if (!format.isAbsent() && !(format.isSingle() && KNOWN.contains(format.value()))) {
            throw TokenException.of(ErrorCode.INVALID_ERROR_FORMAT, "errorFormat must be html or json, given once");
        }
    }
}
