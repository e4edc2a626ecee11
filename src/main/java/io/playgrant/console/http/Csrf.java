package io.playgrant.console.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that prove that a form was made for the browser that sends it. */
public final class Csrf {

    /** The name of the field in forms. */
    public static final String FIELD = "csrf";

    /** The name of the header. */
    public static final String HEADER = "X-CSRF-Token";

    private static final String ALGORITHM = "HmacSHA256";

    private Csrf() {}

    /** The token of a cookie's secret. It does not reveal the secret, and all nodes compute the same. */
    public static String token(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal("playgrant csrf".getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compares in constant time. */
    public static boolean isToken(String given, String expected) {
        return !expected.isEmpty()
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
