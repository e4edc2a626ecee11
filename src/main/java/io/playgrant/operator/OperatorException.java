package io.playgrant.operator;

/** A change of an operator is impossible. The message is a sentence for the user. */
public final class OperatorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OperatorException(String message) {
        super(message, null, false, false);
    }
}
