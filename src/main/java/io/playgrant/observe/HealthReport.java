package io.playgrant.observe;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request for health, in the format of MicroProfile Health: {@code {"status":"UP","checks":[…]}}.
 *
 * @param status {@code UP} if all checks are
 * @param checks the results of the checks
 */
public record HealthReport(String status, List<Finding> checks) {

    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    /**
     * The result of one check.
     *
     * @param name the name of the check
     * @param status {@code UP} or {@code DOWN}
     * @param data the problem, if any, as {@code problem}; otherwise what is to be known, if anything, as {@code warning}
     */
    public record Finding(
            String name,
            String status,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, String> data) {}

    static HealthReport of(List<HealthCheck> checks) {
        List<Finding> findings = checks.stream().map(HealthReport::look).toList();
        boolean up = findings.stream().allMatch(finding -> finding.status().equals(UP));
        return new HealthReport(up ? UP : DOWN, findings);
    }

    @JsonIgnore
    boolean isUp() {
        return status.equals(UP);
    }

    private static Finding look(HealthCheck check) {
        Optional<String> problem = check.problem().get();
        if (problem.isPresent()) {
            return new Finding(check.name(), DOWN, Map.of("problem", problem.get()));
        }
        return new Finding(check.name(), UP, check.warning() == null ? null : Map.of("warning", check.warning()));
    }
}
