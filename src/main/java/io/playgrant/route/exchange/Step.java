package io.playgrant.route.exchange;

/**
 * A step of a route: a method of the class of its concern.
 *
 * @param <R> the requests that it works on
 */
@FunctionalInterface
public interface Step<R extends RequestContext> {

    /**
     * Does the step's work on a request.
     *
     * @throws io.playgrant.error.TokenException if the request is refused
     * @throws Exception if the step fails otherwise
     */
    void perform(R request) throws Exception;
}
