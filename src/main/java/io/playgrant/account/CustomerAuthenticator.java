package io.playgrant.account;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An authenticator of a client: {@code <account number>,<32 hexadecimal digits>} (protocol section 2). A secret.
 *
 * @param account the number before the comma
 * @param secret the 16 bytes after it
 */
public record CustomerAuthenticator(long account, byte[] secret) {

    private static final int SECRET_LENGTH = 16;
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,17}),([0-9a-fA-F]{32})");

    /** Reads an authenticator. Empty if the text has another form. */
    static Optional<CustomerAuthenticator> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new CustomerAuthenticator(
                        Long.parseLong(matcher.group(1)), HexFormat.of().parseHex(matcher.group(2))))
                : Optional.empty();
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
