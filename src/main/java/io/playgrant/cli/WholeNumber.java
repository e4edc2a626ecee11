package io.playgrant.cli;

import picocli.CommandLine.TypeConversionException;

/** Reads numbers such as those of accounts. */
final class WholeNumber {

    private WholeNumber() {}

    static Long read(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number");
        }
    }
}
