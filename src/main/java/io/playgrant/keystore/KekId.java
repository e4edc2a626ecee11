package io.playgrant.keystore;

import io.playgrant.contentkey.Kek;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The default name of a kek (protocol section 6): {@code #1.} and a SHA-1. It does not reveal the kek.
 *
 * <p>Clients hash different bytes. Playgrant returns one form and accepts all of them.
 */
public final class KekId {

    private static final String PREFIX = "#1.";
    private static final byte[] SALT = "KEKID_1".getBytes(StandardCharsets.US_ASCII);

    /** Some clients write only the first digits. */
    private static final int SHORT = PREFIX.length() + 32;

    private KekId() {}

    /** The name of a kek: {@code #1.} and 40 hexadecimal digits in lower case. */
    public static String of(Kek kek) {
        byte[] digits = digits(kek, HexFormat.of());
        try {
            return name(SALT, digits);
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
    }

    /** Whether a name may be that of a kek. A name that a client chose matches every kek. */
    public static boolean fits(String kekId, Kek kek) {
        return !kekId.startsWith(PREFIX) || isName(kekId.toLowerCase(Locale.ROOT), kek);
    }

    private static boolean isName(String kekId, Kek kek) {
        byte[] bytes = kek.toByteArray();
        // Other servers hash the digits as the client sent them.
        byte[] upperCase = digits(kek, HexFormat.of().withUpperCase());
        try {
            // Bento4 hashes the bytes, other clients do so without the salt.
            return Stream.of(of(kek), name(SALT, upperCase), name(SALT, bytes), name(new byte[0], bytes))
                    .anyMatch(name -> kekId.equals(name) || kekId.equals(name.substring(0, SHORT)));
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(upperCase, (byte) 0);
        }
    }

    private static String name(byte[] salt, byte[] kek) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(salt);
            return PREFIX + HexFormat.of().formatHex(digest.digest(kek));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The kek as hexadecimal digits in ASCII. Not a String, which could not be wiped. */
    private static byte[] digits(Kek kek, HexFormat format) {
        byte[] bytes = kek.toByteArray();
        byte[] digits = new byte[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            digits[2 * i] = (byte) format.toHighHexDigit(bytes[i]);
            digits[2 * i + 1] = (byte) format.toLowHexDigit(bytes[i]);
        }
        Arrays.fill(bytes, (byte) 0);
        return digits;
    }
}
