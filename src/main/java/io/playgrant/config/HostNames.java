package io.playgrant.config;

/** Checks of hosts and authorities. They are loops over characters, because they run for every request. */
public final class HostNames {

    private static final int LONGEST_NAME = 253;
    private static final int SHORTEST_ADDRESS = 2;
    private static final int LONGEST_ADDRESS = 45;
    private static final int MOST_PORT_DIGITS = 5;

    private HostNames() {}

    /** Whether a text is a host name, or an IPv6 address in brackets, with or without a port. */
    public static boolean isAuthority(String text) {
        int end = endOfHost(text);
        int portDigits = text.length() - end - 1;
        boolean isPort = portDigits < 0
                || (text.charAt(end) == ':'
                        && portDigits >= 1
                        && portDigits <= MOST_PORT_DIGITS
                        && startOfDigits(text) == end + 1);
        return isPort && (text.startsWith("[") ? isAddressInBrackets(text, end) : isName(text, end));
    }

    /** A host as test hosts are compared with it: without its port and the dot of the root. */
    static String withoutPort(String authority) {
        int colon = startOfDigits(authority) - 1;
        int end = colon >= 0 && authority.charAt(colon) == ':' ? colon : authority.length();
        return authority.substring(0, end > 0 && authority.charAt(end - 1) == '.' ? end - 1 : end);
    }

    /**
     * Whether a host matches a pattern.
     *
     * @param pattern a host in which each {@code *} stands for any characters
     */
    static boolean matches(String pattern, String host) {
        int at = 0;
        int afterStar = -1;
        int resumeAt = 0;
        int index = 0;
        while (index < host.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                at++;
                afterStar = at;
                resumeAt = index;
            } else if (at < pattern.length() && pattern.charAt(at) == host.charAt(index)) {
                at++;
                index++;
            } else if (afterStar >= 0) {
                // The last star takes one character more.
                at = afterStar;
                resumeAt++;
                index = resumeAt;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    private static int endOfHost(String text) {
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        return end < 0 ? text.length() : end;
    }

    /** Where the digits at the end begin; the length if there are none. */
    private static int startOfDigits(String text) {
        int start = text.length();
        while (start > 0 && isDigit(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isName(String text, int end) {
        for (int at = 0; at < end; at++) {
            char character = text.charAt(at);
            boolean isLetter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
            if (!isLetter && !isDigit(character) && character != '.' && character != '_' && character != '-') {
                return false;
            }
        }
        return end >= 1 && end <= LONGEST_NAME;
    }

    /** Only its characters are checked. */
    private static boolean isAddressInBrackets(String text, int end) {
        for (int at = 1; at < end - 1; at++) {
            char character = text.charAt(at);
            boolean isHex = (character >= 'a' && character <= 'f') || (character >= 'A' && character <= 'F');
            if (!isHex && !isDigit(character) && character != '.' && character != ':') {
                return false;
            }
        }
        return end - 2 >= SHORTEST_ADDRESS && end - 2 <= LONGEST_ADDRESS;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
