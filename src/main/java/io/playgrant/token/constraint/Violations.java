package io.playgrant.token.constraint;

import io.playgrant.error.TokenException;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.ConstraintViolation;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.hibernate.validator.engine.HibernateConstraintViolation;

/** Reports broken rules as constraint violations, and converts the violations of a request into the refusal that the protocol requires. */
public final class Violations {

    /** More errors would not help a reader. */
    private static final int MOST_IN_DETAILS = 10;

    private static final Comparator<BrokenRule> PROTOCOL_ORDER = Comparator.comparingInt(BrokenRule::order)
            .thenComparingInt(BrokenRule::index)
            .thenComparing(BrokenRule::text);

    private Violations() {}

    /**
     * Reports a broken rule.
     *
     * @param context of a constraint whose own violation is disabled
     */
    public static void report(BrokenRule broken, ConstraintValidatorContext context) {
        // The template is a constant. Names, which clients choose, are only in the payload and the path, which are
        // never
        // interpolated.
        context.unwrap(HibernateConstraintValidatorContext.class)
                .withDynamicPayload(broken)
                .buildConstraintViolationWithTemplate(broken.message())
                // Violations form a set: without the path, the same rule broken by two parameters would be one
                // violation.
                .addPropertyNode(broken.subject())
                .addConstraintViolation();
    }

    /**
     * A refusal with the code of the first violation in the protocol's order. Its details also list the first error of the other parameters.
     *
     * @param violations at least one violation, all {@linkplain #report reported} here, in any order
     */
    public static TokenException refusal(Collection<? extends ConstraintViolation<?>> violations) {
        if (violations.size() == 1) {
            BrokenRule only = brokenRule(violations.iterator().next());
            return TokenException.of(only.code(), only.text());
        }
        Map<String, BrokenRule> firstOfSubject = new LinkedHashMap<>();
        violations.stream()
                .map(Violations::brokenRule)
                .sorted(PROTOCOL_ORDER)
                .forEach(broken -> firstOfSubject.putIfAbsent(broken.subject(), broken));
        List<BrokenRule> ordered = List.copyOf(firstOfSubject.values());
        BrokenRule first = ordered.get(0);
        String others = ordered.stream()
                .skip(1)
                .limit(MOST_IN_DETAILS)
                .map(other -> other.text() + " (" + other.code().number() + ")")
                .collect(Collectors.joining("; "));
        return TokenException.of(first.code(), others.isEmpty() ? first.text() : first.text() + "; also: " + others);
    }

    private static BrokenRule brokenRule(ConstraintViolation<?> violation) {
        HibernateConstraintViolation<?> reported = violation.unwrap(HibernateConstraintViolation.class);
        return Objects.requireNonNull(reported.getDynamicPayload(BrokenRule.class));
    }
}
