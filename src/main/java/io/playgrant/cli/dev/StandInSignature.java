package io.playgrant.cli.dev;

import io.playgrant.license.cloud.CloudProvider.Padding;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Verifies the signature of a message by decrypting it. */
final class StandInSignature {

    private static final int DIGEST_LENGTH = 20;
    private static final int PADDED_LENGTH = 32;

    private StandInSignature() {}

    static boolean isValid(byte[] message, byte[] signature, Set<Padding> paddings) {
        if (signature.length != PADDED_LENGTH) {
            return false;
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(HexFormat.of().parseHex(StandInCloud.KEY), "AES"),
                    new IvParameterSpec(HexFormat.of().parseHex(StandInCloud.IV)));
            byte[] padded = cipher.doFinal(signature);
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(message);
            return Arrays.equals(digest, Arrays.copyOf(padded, DIGEST_LENGTH))
                    && paddings.stream().anyMatch(padding -> isPadding(padded, padding));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isPadding(byte[] padded, Padding padding) {
        int expected = padding == Padding.ZERO ? 0 : PADDED_LENGTH - DIGEST_LENGTH;
        for (int at = DIGEST_LENGTH; at < PADDED_LENGTH; at++) {
            if (padded[at] != expected) {
                return false;
            }
        }
        return true;
    }
}
