package io.playgrant.packager.widevine;

import io.playgrant.contentkey.SigningSecret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A signer of requests. A signature proves who made a request. It has neither a time nor a nonce, so whoever captured a request can send
 * it again.
 */
public interface WidevineSigner {

    /** Whether the signature of a message is the signer's. */
    boolean accepts(byte[] message, byte[] signature);

    /**
     * A signer with an AES key: the signature is the SHA-1 of the message, encrypted in CBC mode.
     *
     * @param key 16 or 32 bytes
     * @param iv 16 bytes
     */
    static WidevineSigner aes(SigningSecret key, SigningSecret iv) {
        if ((key.length() != 16 && key.length() != 32) || iv.length() != 16) {
            throw new IllegalArgumentException("an AES signer has a key of 16 or 32 bytes and an iv of 16 bytes");
        }
        return (message, signature) -> MessageDigest.isEqual(encrypt(sha1(message), key, iv), signature);
    }

    /** A signer with an RSA key: RSASSA-PSS with SHA-1, MGF1 with SHA-1, and a salt of 20 bytes. */
    static WidevineSigner rsa(RSAPublicKey key) {
        return (message, signature) -> {
            try {
                Signature verifier = Signature.getInstance("RSASSA-PSS");
                verifier.setParameter(new PSSParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, 20, 1));
                verifier.initVerify(key);
                verifier.update(message);
                return verifier.verify(signature);
            } catch (SignatureException wrongLength) {
                return false;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static byte[] encrypt(byte[] digest, SigningSecret key, SigningSecret iv) {
        byte[] keyBytes = key.toByteArray();
        byte[] ivBytes = iv.toByteArray();
        try {
            // The padding is that of PKCS #7, under the older name.
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keyBytes, "AES"), new IvParameterSpec(ivBytes));
            return cipher.doFinal(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            Arrays.fill(keyBytes, (byte) 0);
            Arrays.fill(ivBytes, (byte) 0);
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
