package io.playgrant.operator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** The random id of a session, which only the operator's browser keeps. A secret. */
public final class SessionId {

    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final String text;

    private SessionId(String text) {
        this.text = text;
    }

    /** A new id of 256 bits. */
    public static SessionId draw(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new SessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** An id as a browser sent it; empty if it has another form. */
    public static Optional<SessionId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new SessionId(text)) : Optional.empty();
    }

    /** The hash that is stored. It needs neither salt nor many rounds, because the id is random. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text, for the cookie only. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}
