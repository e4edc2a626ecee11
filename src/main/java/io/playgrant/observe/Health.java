package io.playgrant.observe;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether this process works, and whether requests should be sent to it. */
public final class Health {

    private static final String STARTING = "the service is starting";
    private static final String ENDING = "the service is shutting down";

    private final List<HealthCheck> checks;
    private volatile Optional<String> whyNotServing = Optional.of(STARTING);

    Health(List<HealthCheck> parts) {
        this.checks = Stream.concat(Stream.of(new HealthCheck("service", true, () -> whyNotServing)), parts.stream())
                .collect(Collectors.toCollection(CopyOnWriteArrayList::new));
    }

    /**
     * Adds a check that does not affect readiness.
     *
     * @param problem the current problem, if any, without secrets; must answer at once, from memory
     */
    public void watch(String name, Supplier<Optional<String>> problem) {
        checks.add(new HealthCheck(name, false, problem));
    }

    /**
     * Adds a check that is always up, with something that must not go unnoticed.
     *
     * @param warning a sentence without secrets
     */
    public void note(String name, String warning) {
        checks.add(new HealthCheck(name, false, Optional::empty, warning));
    }

    /** Reports that requests are served from now on. */
    public void serves() {
        whyNotServing = Optional.empty();
    }

    /** Reports that shutdown has begun: new requests should go elsewhere, although they are still answered for now. */
    public void ends() {
        whyNotServing = Optional.of(ENDING);
    }

    /** Liveness: always up if the process can answer. Includes no check that a restart would not repair. */
    HealthReport live() {
        return HealthReport.of(List.of());
    }

    /** Readiness: whether requests should be sent to this node. */
    HealthReport ready() {
        return HealthReport.of(
                checks.stream().filter(HealthCheck::neededToServe).toList());
    }

    /** All checks, including those that do not affect readiness but need the operator. */
    public HealthReport all() {
        return HealthReport.of(checks);
    }
}
