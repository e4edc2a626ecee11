package io.playgrant.token;

import java.time.Instant;

/** The condition of a rule. */
@FunctionalInterface
interface Condition {

    /**
     * Whether a parameter meets the condition.
     *
     * @param request the request of the parameter
     * @param now the time of the validation, in whole seconds
     */
    boolean holds(Parameter parameter, TokenRequest request, Instant now);

    /** A condition that every absent parameter meets, so that it need not be checked then. Most parameters are absent. */
    @FunctionalInterface
    interface OfPresent extends Condition {}
}
