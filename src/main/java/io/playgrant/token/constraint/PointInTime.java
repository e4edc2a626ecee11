package io.playgrant.token.constraint;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.playgrant.error.ErrorCode;
import io.playgrant.token.Parameter;
import io.playgrant.token.TimeParameter;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The value, if there is exactly one, must be a time as the protocol writes it, see {@link TimeParameter}. */
@Target(ElementType.FIELD)
@Retention(RUNTIME)
@Repeatable(PointInTime.List.class)
@Constraint(validatedBy = PointInTime.Validator.class)
public @interface PointInTime {

    /** The documented error of a value that breaks this constraint. */
    ErrorCode code();

    /** The place in the protocol's order of checks, see {@link Order}. */
    int order();

    /** What is expected; the parameter's name is put before it. */
    String message();

    /** Whether a time that is not after now is refused. */
    boolean future();

    /** How far ahead the time may be, in seconds; 0 for no limit. */
    long maxSecondsAhead() default 0;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Several of the same on one parameter. */
    @Target(ElementType.FIELD)
    @Retention(RUNTIME)
    @interface List {
        PointInTime[] value();
    }

    /** The check. */
    final class Validator implements ConstraintValidator<PointInTime, Parameter> {

        private boolean future;
        private long maxSecondsAhead;

        @Override
        public void initialize(PointInTime constraint) {
            future = constraint.future();
            maxSecondsAhead = constraint.maxSecondsAhead();
        }

        @Override
        public boolean isValid(Parameter parameter, ConstraintValidatorContext context) {
            if (!parameter.isSingle()) {
                return true;
            }
            Instant now = context.getClockProvider().getClock().instant().truncatedTo(ChronoUnit.SECONDS);
            try {
                Instant time = TimeParameter.parse(parameter.value(), now);
                return !(future && !time.isAfter(now))
                        && !(maxSecondsAhead > 0 && time.isAfter(now.plusSeconds(maxSecondsAhead)));
            } catch (DateTimeException e) {
                return false;
            }
        }
    }
}
