package io.playgrant.route.token;

import io.playgrant.route.exchange.ErrorFormats;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.StepRegistry;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Clock;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** The rules that a request must keep before its keys are looked at (protocol sections 2 and 3). */
public final class ValidationSteps {

    private final Clock clock;

    public ValidationSteps(Clock clock) {
        this.clock = clock;
    }

    /** Binds the steps, and the validator of the routes' {@code bean-validator}. */
    public void bind(StepRegistry steps) {
        steps.step(
                "check-error-format",
                Issuance.class,
                issuance -> ErrorFormats.check(issuance.request().errorFormat()));
        steps.bean("validator", validatorFactory());
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
