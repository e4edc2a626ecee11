package io.playgrant.observe;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A check of one part of the service.
 *
 * @param name its name
 * @param neededToServe whether the check affects readiness
 * @param problem the current problem, if any, without secrets; must answer at once, from memory
 * @param warning something to know while there is no problem; null if there is nothing
 */
record HealthCheck(
        String name,
        boolean neededToServe,
        Supplier<Optional<String>> problem,
        @Nullable String warning) {

    /** A check without a warning. */
    HealthCheck(String name, boolean neededToServe, Supplier<Optional<String>> problem) {
        this(name, neededToServe, problem, null);
    }
}
