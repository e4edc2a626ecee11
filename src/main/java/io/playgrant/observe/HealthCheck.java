package io.playgrant.observe;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A check of one part of the service.
 *
 * @param name its name
 * @param neededToServe whether the check affects readiness
 * @param problem the current problem, if any, without secrets; must answer at once, from memory
 */
record HealthCheck(String name, boolean neededToServe, Supplier<Optional<String>> problem) {}
