package io.playgrant.token.constraint;

import io.playgrant.error.ErrorCode;

/**
 * A rule that a request breaks, without the value that broke it. It travels as the dynamic payload of its constraint violation.
 *
 * @param order the rule's place in the protocol's table
 * @param index the key's number, 0 if there is none
 * @param code the documented error
 * @param subject the parameter, with its index if it has one; a refusal names each subject once
 * @param label the name of the subject in the details
 * @param message the expected value; continues the label, and is a constant of the program
 */
public record BrokenRule(int order, int index, ErrorCode code, String subject, String label, String message) {

    /** The text in the details. */
    String text() {
        return label + " " + message;
    }
}
