package io.playgrant.token.sealing;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** The cryptography of a token: HKDF-SHA-256 (RFC 5869) for the key, AES-256-GCM for the content. */
public final class ContentEncryption {

    private static final int KEY_LENGTH = 32;
    private static final int TAG_BITS = 128;
    private static final byte[] AAD = CoseEncrypt.aad();
    private static final byte[] KDF_CONTEXT = CoseEncrypt.kdfContext();

    /**
     * Looking up a cipher costs more than using it, and a cipher keeps the schedule of the session's key. The threads that mint are few and
     * live long; a short-lived thread looks one up. Every use sets the key and its own nonce, so that nothing is left of the use before.
     */
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(ContentEncryption::newCipher);

    private ContentEncryption() {}

    public static SecretKey deriveKey(byte[] secret, byte[] salt) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(secret, salt, KDF_CONTEXT));
        byte[] key = new byte[KEY_LENGTH];
        hkdf.generateBytes(key, 0, key.length);
        return new SecretKeySpec(key, "AES");
    }

    public static byte[] seal(SecretKey key, byte[] iv, byte[] plaintext) {
        try {
            return run(Cipher.ENCRYPT_MODE, key, iv, plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM failed", e);
        }
    }

    /**
     * Decrypts what {@link #seal} encrypted.
     *
     * @throws MalformedTokenException if the tag does not match
     */
    public static byte[] open(SecretKey key, byte[] iv, byte[] ciphertext) throws MalformedTokenException {
        if (ciphertext.length < TAG_BITS / Byte.SIZE) {
            // For some of these lengths, the JDK's cipher throws another exception.
            throw new MalformedTokenException("the content is shorter than its tag");
        }
        try {
            return run(Cipher.DECRYPT_MODE, key, iv, ciphertext);
        } catch (AEADBadTagException e) {
            throw new MalformedTokenException("the tag does not match: forged, or changed on its way");
        } catch (GeneralSecurityException e) {
            throw new MalformedTokenException("the content cannot be decrypted");
        }
    }

    private static byte[] run(int mode, SecretKey key, byte[] iv, byte[] input) throws GeneralSecurityException {
        Cipher cipher = CIPHER.get();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(AAD);
        return cipher.doFinal(input);
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }
}
