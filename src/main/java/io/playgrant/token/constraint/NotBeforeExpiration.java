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
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time before which a token cannot be redeemed must lie before its end. */
@Target(ElementType.TYPE)
@Retention(RUNTIME)
@Repeatable(NotBeforeExpiration.List.class)
@Constraint(validatedBy = NotBeforeExpiration.Validator.class)
public @interface NotBeforeExpiration {

    /** The documented error of a value that breaks this constraint. */
    ErrorCode code();

    /** The place in the protocol's order of checks, see {@link Order}. */
    int order();

    /** What is expected; the parameter's name is put before it. */
    String message();

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Several of the same on one parameter. */
    @Target(ElementType.TYPE)
    @Retention(RUNTIME)
    @interface List {
        NotBeforeExpiration[] value();
    }

    /** The check. */
    final class Validator implements ConstraintValidator<NotBeforeExpiration, TokenRequest> {

        @Override
        public boolean isValid(TokenRequest request, ConstraintValidatorContext context) {
            Instant now = context.getClockProvider().getClock().instant().truncatedTo(ChronoUnit.SECONDS);
            return request.isNotBeforeEarlierThanExpiration(now);
        }
    }
}
