package io.playgrant.token;

import java.time.Instant;

/** What a rule asks of a parameter. */
@FunctionalInterface
interface Condition {

    /**
     * Whether a parameter is as it must be.
     *
     * @param request which the parameter is of
     * @param now the time of the validation, in whole seconds
     */
    boolean holds(Parameter parameter, TokenRequest request, Instant now);
}
