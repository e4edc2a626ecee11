package io.playgrant.route.token;

import io.playgrant.account.Profile;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.token.Lenient;
import io.playgrant.token.Strict;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.executable.ExecutableValidator;
import jakarta.validation.metadata.BeanDescriptor;
import java.time.Clock;
import java.util.Set;

/**
 * Validates requests for tokens by the table of rules alone, and only those that break a rule with Bean Validation, which then makes the
 * violations. The result is the same, because the table is the only constraint of an {@link Issuance}. But Bean Validation makes contexts
 * and paths for each request before it knows whether they are needed.
 */
final class TableFirstValidator implements Validator {

    private final Validator complete;
    private final Clock clock;

    /**
     * A validator.
     *
     * @param complete validates the rest
     * @param clock the time of the validation
     */
    TableFirstValidator(Validator complete, Clock clock) {
        this.complete = complete;
        this.clock = clock;
    }

    @Override
    public <T> Set<ConstraintViolation<T>> validate(T object, Class<?>... groups) {
        boolean isKept = object instanceof Issuance issuance && groups.length == 1 && isKept(issuance, groups[0]);
        return isKept ? Set.of() : complete.validate(object, groups);
    }

    private boolean isKept(Issuance issuance, Class<?> group) {
        if (group == Strict.class) {
            return issuance.request().keepsAllRules(Profile.STRICT, clock.instant());
        }
        return group == Lenient.class && issuance.request().keepsAllRules(Profile.LENIENT, clock.instant());
    }

    @Override
    public <T> Set<ConstraintViolation<T>> validateProperty(T object, String propertyName, Class<?>... groups) {
        return complete.validateProperty(object, propertyName, groups);
    }

    @Override
    public <T> Set<ConstraintViolation<T>> validateValue(
            Class<T> beanType, String propertyName, Object value, Class<?>... groups) {
        return complete.validateValue(beanType, propertyName, value, groups);
    }

    @Override
    public BeanDescriptor getConstraintsForClass(Class<?> type) {
        return complete.getConstraintsForClass(type);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return complete.unwrap(type);
    }

    @Override
    public ExecutableValidator forExecutables() {
        return complete.forExecutables();
    }
}
