package io.playgrant.keystore;

import io.playgrant.contentkey.Kek;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** The name that a kek has unless a client gives it one of its own (protocol section 6). Tells nothing of the kek. */
public final class KekId {

    private static final String PREFIX = "#1.";
    private static final byte[] SALT = "KEKID_1".getBytes(StandardCharsets.US_ASCII);

    /** Some write only the first digits. */
    private static final int SHORT = PREFIX.length() + 32;

    private KekId() {}

    /** The name of a kek: {@code #1.} and 40 hexadecimal digits in lower case. */
    public static String of(Kek kek) {
        byte[] digits = digits(kek);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(SALT);
            return PREFIX + HexFormat.of().formatHex(digest.digest(digits));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
    }

    /** Whether a name can be that of a kek; one of a client's own says nothing of it. */
    public static boolean fits(String kekId, Kek kek) {
        if (!kekId.startsWith(PREFIX)) {
            return true;
        }
        String name = of(kek);
        String given = kekId.toLowerCase(Locale.ROOT);
        return given.equals(name) || given.equals(name.substring(0, SHORT));
    }

    /** The kek as hexadecimal digits in ASCII, not as a String, which could not be overwritten. */
    private static byte[] digits(Kek kek) {
        byte[] bytes = kek.toByteArray();
        byte[] digits = new byte[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            digits[2 * i] = (byte) HexFormat.of().toHighHexDigit(bytes[i]);
            digits[2 * i + 1] = (byte) HexFormat.of().toLowHexDigit(bytes[i]);
        }
        Arrays.fill(bytes, (byte) 0);
        return digits;
    }
}
