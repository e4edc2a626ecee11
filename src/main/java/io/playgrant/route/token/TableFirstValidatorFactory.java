package io.playgrant.route.token;

import jakarta.validation.ClockProvider;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.ParameterNameProvider;
import jakarta.validation.TraversableResolver;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorContext;
import jakarta.validation.ValidatorFactory;

/** Gives the routes' {@code bean-validator}, which asks for a validator for each request, the same {@link TableFirstValidator} each time. */
final class TableFirstValidatorFactory implements ValidatorFactory {

    private final ValidatorFactory complete;
    private final Validator validator;

    TableFirstValidatorFactory(ValidatorFactory complete) {
        this.complete = complete;
        this.validator = new TableFirstValidator(
                complete.getValidator(), complete.getClockProvider().getClock());
    }

    @Override
    public Validator getValidator() {
        return validator;
    }

    @Override
    public ValidatorContext usingContext() {
        return complete.usingContext();
    }

    @Override
    public MessageInterpolator getMessageInterpolator() {
        return complete.getMessageInterpolator();
    }

    @Override
    public TraversableResolver getTraversableResolver() {
        return complete.getTraversableResolver();
    }

    @Override
    public ConstraintValidatorFactory getConstraintValidatorFactory() {
        return complete.getConstraintValidatorFactory();
    }

    @Override
    public ParameterNameProvider getParameterNameProvider() {
        return complete.getParameterNameProvider();
    }

    @Override
    public ClockProvider getClockProvider() {
        return complete.getClockProvider();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return complete.unwrap(type);
    }

    @Override
    public void close() {
        complete.close();
    }
}
