package io.playgrant.operator;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** A password or an API token. The program draws them, and shows each once. */
public final class OperatorSecret {

    /** The beginning of every API token, by which tools that look for leaked secrets recognise one. */
    public static final String TOKEN_PREFIX = "pgop_";

    /** Without letters that look like digits. */
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int PASSWORD_GROUPS = 5;
    private static final int GROUP_LENGTH = 4;
    private static final int TOKEN_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile(TOKEN_PREFIX + "[1-9][0-9]{0,17}_[A-Za-z0-9_-]{43}");

    private final String text;

    private OperatorSecret(String text) {
        this.text = text;
    }

    /** A secret as someone sent it. */
    public static OperatorSecret of(String text) {
        return new OperatorSecret(text);
    }

    /** A random password of 100 bits. */
    static OperatorSecret drawPassword(SecureRandom random) {
        StringBuilder password = new StringBuilder();
        for (int group = 0; group < PASSWORD_GROUPS; group++) {
            password.append(group == 0 ? "" : "-");
            for (int letter = 0; letter < GROUP_LENGTH; letter++) {
                password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
        }
        return new OperatorSecret(password.toString());
    }

    /** A random API token of 256 bits, with the id of its operator. */
    static OperatorSecret drawToken(long operator, SecureRandom random) {
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        return new OperatorSecret(TOKEN_PREFIX + operator + "_"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Whether it has the form of an API token. */
    boolean isToken() {
        return TOKEN.matcher(text).matches();
    }

    /** The id in an API token. */
    long tokenId() {
        return Long.parseLong(text.substring(TOKEN_PREFIX.length(), text.indexOf('_', TOKEN_PREFIX.length())));
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text. It is shown once, to the person who created it. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}
