package io.playgrant.account;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An authenticator of a client: {@code <account number>,<32 hexadecimal digits>} (protocol section 2). A secret.
 *
 * @param account the number before the comma
 * @param secret the 16 bytes after it
 */
public record CustomerAuthenticator(long account, byte[] secret) {

    private static final int SECRET_LENGTH = 16;
    private static final int MOST_DIGITS = 18;

    /** Reads an authenticator. Empty if the text has another form. Loops, because each request has one. */
    static Optional<CustomerAuthenticator> parse(String text) {
        int comma = text.indexOf(',');
        boolean isLong = comma >= 1 && comma <= MOST_DIGITS && text.length() == comma + 1 + 2 * SECRET_LENGTH;
        if (!isLong || text.charAt(0) == '0' || !isDecimal(text, comma) || !isHex(text, comma + 1)) {
            return Optional.empty();
        }
        return Optional.of(new CustomerAuthenticator(
                Long.parseLong(text, 0, comma, 10), HexFormat.of().parseHex(text, comma + 1, text.length())));
    }

    private static boolean isDecimal(String text, int end) {
        for (int at = 0; at < end; at++) {
            if (text.charAt(at) < '0' || text.charAt(at) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Checked first, because the JDK's exceptions quote the text. */
    private static boolean isHex(String text, int start) {
        for (int at = start; at < text.length(); at++) {
            if (!HexFormat.isHexDigit(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** A new random authenticator. */
    static CustomerAuthenticator draw(long account, SecureRandom random) {
        byte[] secret = new byte[SECRET_LENGTH];
        random.nextBytes(secret);
        return new CustomerAuthenticator(account, secret);
    }

    /** The text that a client sends. It is shown once, to the person who created it. */
    public String reveal() {
        return account + "," + HexFormat.of().formatHex(secret);
    }

    /** The account number only. */
    @Override
    public String toString() {
        return account + ",***";
    }
}
