package io.playgrant.token.constraint;

/** Checks of texts. They are loops over characters, because they run for every parameter of every request. */
public final class Texts {

    private static final int DECIMAL = 10;

    private Texts() {}

    /** Whether it consists of exactly this number of hexadecimal digits. */
    public static boolean isHex(String text, int digits) {
        return text.length() == digits && isHex(text);
    }

    /** Whether it has hexadecimal digits only. */
    public static boolean isHex(String text) {
        for (int at = 0; at < text.length(); at++) {
            char digit = text.charAt(at);
            // Not Character.digit, which accepts the digits of other scripts, too.
            if (!isDigit(digit) && !(digit >= 'a' && digit <= 'f') && !(digit >= 'A' && digit <= 'F')) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is a whole number of any size: decimal digits, with or without a minus sign. */
    public static boolean isNumber(String text) {
        return hasDigitsOnly(text, text.startsWith("-") ? 1 : 0);
    }

    /** Whether it has decimal digits only from a position on, and at least one. */
    public static boolean hasDigitsOnly(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            if (!isDigit(text.charAt(at))) {
                return false;
            }
        }
        return text.length() > from;
    }

    /** Whether it is a whole number in a range, with or without leading zeros. */
    public static boolean isNumberFrom(int min, int max, String text) {
        if (!isNumber(text)) {
            return false;
        }
        boolean isNegative = text.startsWith("-");
        long number = 0;
        for (int at = isNegative ? 1 : 0; at < text.length(); at++) {
            number = number * DECIMAL + (text.charAt(at) - '0');
            if (number > Integer.MAX_VALUE + 1L) {
                return false;
            }
        }
        long signed = isNegative ? -number : number;
        return signed >= min && signed <= max;
    }

    /** The number of its characters; a character is a code point. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Whether it has a control character (Unicode's category Cc). */
    public static boolean hasControls(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isISOControl(text.charAt(at))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
