package io.playgrant.token.constraint;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.playgrant.error.ErrorCode;
import io.playgrant.token.KeyIndexes;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Indexed parameters run from {@code .0} without gaps to {@code .15} at most, and do not stand beside a plain {@code kid}. */
@Target(ElementType.FIELD)
@Retention(RUNTIME)
@Repeatable(ContiguousIndexes.List.class)
@Constraint(validatedBy = ContiguousIndexes.Validator.class)
public @interface ContiguousIndexes {

    /** The documented error of a value that breaks this constraint. */
    ErrorCode code();

    /** The place in the protocol's order of checks, see {@link Order}. */
    int order();

    /** What is expected; the parameter's name is put before it. */
    String message();

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Several of the same on one parameter. */
    @Target(ElementType.FIELD)
    @Retention(RUNTIME)
    @interface List {
        ContiguousIndexes[] value();
    }

    /** The check. */
    final class Validator implements ConstraintValidator<ContiguousIndexes, KeyIndexes> {

        @Override
        public boolean isValid(KeyIndexes indexes, ConstraintValidatorContext context) {
            return indexes.areContiguous();
        }
    }
}
