package io.playgrant.license.cloud;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The signature of a message to Widevine's licence service: its SHA-1, padded and encrypted with AES-256 in CBC mode. */
final class CloudSignature {

    private static final int DIGEST_LENGTH = 20;
    private static final int PADDED_LENGTH = 32;

    private CloudSignature() {}

    static byte[] of(byte[] message, CloudProvider provider) {
        return ofDigest(sha1(message), provider);
    }

    static byte[] ofDigest(byte[] digest, CloudProvider provider) {
        byte[] padded = Arrays.copyOf(digest, PADDED_LENGTH);
        if (provider.padding() == CloudProvider.Padding.PKCS7) {
            Arrays.fill(padded, DIGEST_LENGTH, PADDED_LENGTH, (byte) (PADDED_LENGTH - DIGEST_LENGTH));
        }
        byte[] key = provider.key().toByteArray();
        byte[] iv = provider.iv().toByteArray();
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(padded);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(iv, (byte) 0);
        }
    }

    private static byte[] sha1(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
