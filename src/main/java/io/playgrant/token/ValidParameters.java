package io.playgrant.token;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.playgrant.account.Profile;
import io.playgrant.token.constraint.BrokenRule;
import io.playgrant.token.constraint.Violations;
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
import java.util.List;

/** The request must keep the rules of {@link ParameterTable}. Each parameter that does not causes one violation: its first broken rule. */
@Target(ElementType.TYPE)
@Retention(RUNTIME)
@Repeatable(ValidParameters.OfEachProfile.class)
@Constraint(validatedBy = ValidParameters.Validator.class)
public @interface ValidParameters {

    /** The profile whose rules apply. */
    Profile profile();

    /** Not used: each violation has the message of its rule. */
    String message() default "must keep the rules of the protocol";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** One for each profile. */
    @Target(ElementType.TYPE)
    @Retention(RUNTIME)
    @interface OfEachProfile {
        ValidParameters[] value();
    }

    /** Walks the table. */
    final class Validator implements ConstraintValidator<ValidParameters, TokenRequest> {

        private List<ParameterRow> rows = List.of();

        @Override
        public void initialize(ValidParameters constraint) {
            rows = ParameterTable.of(constraint.profile());
        }

        @Override
        public boolean isValid(TokenRequest request, ConstraintValidatorContext context) {
            Instant now = context.getClockProvider().getClock().instant().truncatedTo(ChronoUnit.SECONDS);
            boolean isValid = true;
            int order = 0;
            for (int at = 0; at < rows.size(); at++) {
                ParameterRow row = rows.get(at);
                int count = row.source().count(request);
                for (int number = 0; number < count; number++) {
                    Parameter parameter = row.source().get(request, number);
                    int broken = row.firstBroken(parameter, request, now);
                    if (broken != ParameterRow.NONE) {
                        isValid = false;
                        context.disableDefaultConstraintViolation();
                        String label = row.source().label(request, parameter);
                        Rule rule = row.rules().get(broken);
                        Violations.report(brokenRule(order + broken, parameter, label, rule), context);
                    }
                }
                order += row.rules().size();
            }
            return isValid;
        }

        private static BrokenRule brokenRule(int order, Parameter parameter, String label, Rule rule) {
            return new BrokenRule(order, parameter.index(), rule.code(), parameter.name(), label, rule.message());
        }
    }
}
