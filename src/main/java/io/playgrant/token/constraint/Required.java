package io.playgrant.token.constraint;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.playgrant.error.ErrorCode;
import io.playgrant.token.Parameter;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** The parameter must be given. */
@Target(ElementType.FIELD)
@Retention(RUNTIME)
@Repeatable(Required.List.class)
@Constraint(validatedBy = Required.Validator.class)
public @interface Required {

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
        Required[] value();
    }

    /** The check. */
    final class Validator implements ConstraintValidator<Required, Parameter> {

        @Override
        public boolean isValid(Parameter parameter, ConstraintValidatorContext context) {
            return !parameter.isAbsent();
        }
    }
}
