package io.playgrant.route.token;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.token.Parameter;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Clock;
import java.util.Set;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** The rules that a request must keep before its keys are looked at (protocol sections 2 and 3). */
public final class ValidationSteps {

    private static final Set<String> ERROR_FORMATS = Set.of("html", "json");

    private final Clock clock;

    public ValidationSteps(Clock clock) {
        this.clock = clock;
    }

    /** Binds the steps, and the validator of the routes' {@code bean-validator}. */
    public void bind(StepRegistry steps) {
        steps.step("check-error-format", Issuance.class, ValidationSteps::checkErrorFormat);
        steps.bean("validator", validatorFactory());
    }

    private static void checkErrorFormat(Issuance issuance) {
        Parameter format = issuance.request().errorFormat();
        if (!format.isAbsent() && !(format.isSingle() && ERROR_FORMATS.contains(format.value()))) {
            throw TokenException.of(ErrorCode.INVALID_ERROR_FORMAT, "errorFormat must be html or json, given once");
        }
    }

    /** Messages are plain sentences: no expression language is needed, and none is wanted near what clients send. */
    private ValidatorFactory validatorFactory() {
        return new TableFirstValidatorFactory(Validation.byDefaultProvider()
                .configure()
                .clockProvider(() -> clock)
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory());
    }
}
