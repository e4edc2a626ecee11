package io.playgrant.cli.terminal;

import picocli.CommandLine.TypeConversionException;

/** Reads whole numbers, such as account numbers, in ASCII digits only. */
public final class WholeNumber {

    private WholeNumber() {}

    public static Long read(String text) {
        try {
            // The JDK accepts the digits of every script.
            if (text.chars().allMatch(c -> c < 0x80)) {
                return Long.valueOf(text);
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new TypeConversionException("'" + text + "' is not a whole number");
    }
}
