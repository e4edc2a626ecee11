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
     * Looks at one thing more, without which requests are served all the same.
     *
     * @param problem what is wrong, without any secret, if anything is; answers at once, from memory
     */
    public void watch(String name, Supplier<Optional<String>> problem) {
        checks.add(new HealthCheck(name, false, problem));
    }

    /** Requests are served from now on. */
    public void serves() {
        whyNotServing = Optional.empty();
    }

    /** The process is about to end: requests should go elsewhere, even while those that come are still answered. */
    public void ends() {
        whyNotServing = Optional.of(ENDING);
    }

    /** Whether the process works at all. It does if it can be asked; nothing that a restart would not mend is looked at. */
    HealthReport live() {
        return HealthReport.of(List.of());
    }

    /** Whether requests should be sent here. */
    HealthReport ready() {
        return HealthReport.of(
                checks.stream().filter(HealthCheck::neededToServe).toList());
    }

    /** Everything, also what needs the operator although requests are served. */
    HealthReport all() {
        return HealthReport.of(checks);
    }
}
