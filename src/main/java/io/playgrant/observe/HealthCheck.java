package io.playgrant.observe;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A part of the service that may be in trouble.
 *
 * @param name its name
 * @param neededToServe whether requests should go elsewhere while it is
 * @param problem what is wrong, without any secret, if anything is; answers at once, from memory
 */
record HealthCheck(String name, boolean neededToServe, Supplier<Optional<String>> problem) {}
