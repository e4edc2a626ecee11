package io.playgrant.packager.cpix;

import io.playgrant.contentkey.ContentKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the keys of one answer: each content key with a document key, and that to the certificate of each recipient. All algorithms are
 * those that CPIX makes mandatory.
 */
final class EncryptedDelivery {

    private static final int DOCUMENT_KEY_BYTES = 32;
    private static final int MAC_KEY_BYTES = 64;
    private static final int IV_BYTES = 16;

    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);

    private final SecureRandom random;
    private final byte[] documentKey = new byte[DOCUMENT_KEY_BYTES];
    private final byte[] macKey = new byte[MAC_KEY_BYTES];

    /** Draws the keys of an answer. */
    EncryptedDelivery(SecureRandom random) {
        this.random = random;
        random.nextBytes(documentKey);
        random.nextBytes(macKey);
    }

    /** A content key, encrypted with the document key: the initialization vector, then the encrypted key. */
    byte[] encrypt(ContentKey key) {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        byte[] clear = key.toByteArray();
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(documentKey, "AES"), new IvParameterSpec(iv));
            byte[] encrypted = cipher.doFinal(clear);
            return ByteBuffer.allocate(iv.length + encrypted.length)
                    .put(iv)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /** The MAC of an encrypted content key. */
    byte[] mac(byte[] encrypted) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(macKey, "HmacSHA512"));
            return mac.doFinal(encrypted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The document key, encrypted to a recipient, in base64. */
    String documentKeyTo(Recipient recipient) {
        return encryptTo(recipient, documentKey);
    }

    /** The key of the MACs, encrypted to a recipient, in base64. */
    String macKeyTo(Recipient recipient) {
        return encryptTo(recipient, macKey);
    }

    private String encryptTo(Recipient recipient, byte[] secret) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, recipient.key(), OAEP, random);
            return Base64.getEncoder().encodeToString(cipher.doFinal(secret));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Overwrites the keys. */
    void wipe() {
        Arrays.fill(documentKey, (byte) 0);
        Arrays.fill(macKey, (byte) 0);
    }
}
