package io.playgrant.token.constraint;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.playgrant.error.ErrorCode;
import io.playgrant.token.Parameter;
import io.playgrant.token.WvExtension;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Every value must be an extension, {@code <4 characters>,<base64>}, as far as one part of it is concerned. */
@Target(ElementType.FIELD)
@Retention(RUNTIME)
@Repeatable(WvExtensions.List.class)
@Constraint(validatedBy = WvExtensions.Validator.class)
public @interface WvExtensions {

    /** The documented error of a value that breaks this constraint. */
    ErrorCode code();

    /** The place in the protocol's order of checks, see {@link Order}. */
    int order();

    /** What is expected; the parameter's name is put before it. */
    String message();

    /** What is looked at. */
    WvExtension.Part part();

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Several of the same on one parameter. */
    @Target(ElementType.FIELD)
    @Retention(RUNTIME)
    @interface List {
        WvExtensions[] value();
    }

    /** The check. */
    final class Validator implements ConstraintValidator<WvExtensions, Parameter> {

        private WvExtension.Part part = WvExtension.Part.LIMITS;

        @Override
        public void initialize(WvExtensions constraint) {
            part = constraint.part();
        }

        @Override
        public boolean isValid(Parameter parameter, ConstraintValidatorContext context) {
            return part.isValid(parameter);
        }
    }
}
