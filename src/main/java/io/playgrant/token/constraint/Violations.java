package io.playgrant.token.constraint;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.KeyIndexes;
import io.playgrant.token.Parameter;
import jakarta.validation.ConstraintViolation;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Turns the unordered violations of one request into the one refusal that the protocol asks for. */
public final class Violations {

    /** More than this is of no use to a reader. */
    private static final int MOST_IN_DETAILS = 10;

    private static final Comparator<Violation> PROTOCOL_ORDER = Comparator.comparingInt(Violation::order)
            .thenComparingInt(Violation::index)
            .thenComparing(Violation::text);

    private Violations() {}

    /**
     * The first violation in the protocol's order is the refusal's code; the first of every other parameter stands in the details.
     *
     * @param violations at least one, of constraints of this package
     */
    public static TokenException refusal(Collection<? extends ConstraintViolation<?>> violations) {
        Map<String, Violation> firstOfParameter = new LinkedHashMap<>();
        violations.stream()
                .map(Violation::of)
                .sorted(PROTOCOL_ORDER)
                .forEach(violation -> firstOfParameter.putIfAbsent(violation.subject(), violation));
        List<Violation> ordered = List.copyOf(firstOfParameter.values());
        Violation first = ordered.get(0);
        String others = ordered.stream()
                .skip(1)
                .limit(MOST_IN_DETAILS)
                .map(other -> other.text() + " (" + other.code().number() + ")")
                .collect(Collectors.joining("; "));
        return TokenException.of(first.code(), others.isEmpty() ? first.text() : first.text() + "; also: " + others);
    }

    /** One violation, without the value that caused it. */
    private record Violation(ErrorCode code, int order, int index, String subject, String text) {

        static Violation of(ConstraintViolation<?> violation) {
            Map<String, Object> attributes = violation.getConstraintDescriptor().getAttributes();
            ErrorCode code = (ErrorCode) Objects.requireNonNull(attributes.get("code"));
            int order = (Integer) Objects.requireNonNull(attributes.get("order"));
            Object value = violation.getInvalidValue();
            if (value instanceof Parameter parameter) {
                String text = parameter.name() + " " + violation.getMessage();
                return new Violation(code, order, parameter.index(), parameter.name(), text);
            }
            if (value instanceof KeyIndexes indexes) {
                return new Violation(code, order, 0, "indexes", indexes.problem() + ": " + violation.getMessage());
            }
            return new Violation(code, order, 0, violation.getMessage(), violation.getMessage());
        }
    }
}
