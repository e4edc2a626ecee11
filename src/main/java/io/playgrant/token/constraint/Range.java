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
import java.util.regex.Pattern;

/** The value, if there is exactly one and it is a whole number, must lie in a range; anything else is left to {@link Matches}. */
@Target(ElementType.FIELD)
@Retention(RUNTIME)
@Repeatable(Range.List.class)
@Constraint(validatedBy = Range.Validator.class)
public @interface Range {

    /** The documented error of a value that breaks this constraint. */
    ErrorCode code();

    /** The place in the protocol's order of checks, see {@link Order}. */
    int order();

    /** What is expected; the parameter's name is put before it. */
    String message();

    /** The smallest value. */
    int min();

    /** The largest value. */
    int max();

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Several of the same on one parameter. */
    @Target(ElementType.FIELD)
    @Retention(RUNTIME)
    @interface List {
        Range[] value();
    }

    /** The check. */
    final class Validator implements ConstraintValidator<Range, Parameter> {

        private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

        private int min;
        private int max;

        @Override
        public void initialize(Range constraint) {
            min = constraint.min();
            max = constraint.max();
        }

        @Override
        public boolean isValid(Parameter parameter, ConstraintValidatorContext context) {
            if (!parameter.isSingle() || !NUMBER.matcher(parameter.value()).matches()) {
                return true;
            }
            try {
                int number = Integer.parseInt(parameter.value());
                return number >= min && number <= max;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }
}
