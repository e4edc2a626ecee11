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

/** The value, if there is exactly one, must match a regular expression. */
@Target(ElementType.FIELD)
@Retention(RUNTIME)
@Repeatable(Matches.List.class)
@Constraint(validatedBy = Matches.Validator.class)
public @interface Matches {

    /** The documented error of a value that breaks this constraint. */
    ErrorCode code();

    /** The place in the protocol's order of checks, see {@link Order}. */
    int order();

    /** What is expected; the parameter's name is put before it. */
    String message();

    /** The regular expression that the whole value must match; a character is a code point. */
    String regexp();

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Several of the same on one parameter. */
    @Target(ElementType.FIELD)
    @Retention(RUNTIME)
    @interface List {
        Matches[] value();
    }

    /** The check. */
    final class Validator implements ConstraintValidator<Matches, Parameter> {

        private Pattern pattern = Pattern.compile("");

        @Override
        public void initialize(Matches constraint) {
            pattern = Pattern.compile(constraint.regexp(), Pattern.DOTALL);
        }

        @Override
        public boolean isValid(Parameter parameter, ConstraintValidatorContext context) {
            return !parameter.isSingle() || pattern.matcher(parameter.value()).matches();
        }
    }
}
