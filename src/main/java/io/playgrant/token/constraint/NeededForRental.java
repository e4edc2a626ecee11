package io.playgrant.token.constraint;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.playgrant.error.ErrorCode;
import io.playgrant.token.TokenRequest;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A rental needs this parameter. */
@Target(ElementType.TYPE)
@Retention(RUNTIME)
@Repeatable(NeededForRental.List.class)
@Constraint(validatedBy = NeededForRental.Validator.class)
public @interface NeededForRental {

    /** The documented error of a value that breaks this constraint. */
    ErrorCode code();

    /** The place in the protocol's order of checks, see {@link Order}. */
    int order();

    /** What is expected; the parameter's name is put before it. */
    String message();

    /** The parameter that must be given. */
    String parameter();

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Several of the same on one parameter. */
    @Target(ElementType.TYPE)
    @Retention(RUNTIME)
    @interface List {
        NeededForRental[] value();
    }

    /** The check. */
    final class Validator implements ConstraintValidator<NeededForRental, TokenRequest> {

        private String parameter = "";

        @Override
        public void initialize(NeededForRental constraint) {
            parameter = constraint.parameter();
        }

        @Override
        public boolean isValid(TokenRequest request, ConstraintValidatorContext context) {
            return !request.isRental() || !request.rentalParameter(parameter).isAbsent();
        }
    }
}
