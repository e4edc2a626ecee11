package io.playgrant.console.api.call;

import io.playgrant.console.http.ConsoleCall;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Three keys that are derived from a credential and an idempotency key: for the id of the row, for the hash of the request, and for the
 * encryption of the answer.
 */
final class IdempotencySecrets {

    private static final String MAC = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final String id;
    private final byte[] requestKey;
    private final byte[] answerKey;

    private IdempotencySecrets(byte[] master) {
        this.id = HexFormat.of().formatHex(mac(master, "id"));
        this.requestKey = mac(master, "request");
        this.answerKey = mac(master, "answer");
    }

    static IdempotencySecrets of(String credential, String key) {
        return new IdempotencySecrets(mac(credential.getBytes(StandardCharsets.UTF_8), key));
    }

    /** The id of the row: 64 hexadecimal digits. */
    String id() {
        return id;
    }

    /** A hash of everything that makes two requests the same. */
    byte[] hash(ConsoleCall call) {
        return mac(
                mac(requestKey, call.method() + " " + call.target()),
                HexFormat.of().formatHex(call.body()));
    }

    /** Encrypts an answer. */
    byte[] seal(byte[] answer, String rowId, SecureRandom random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, rowId, answer);
        return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    }

    /** Decrypts an answer. */
    byte[] open(byte[] sealed, String rowId) {
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE];
        buffer.get(nonce);
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return crypt(Cipher.DECRYPT_MODE, nonce, rowId, rest);
    }

    private byte[] crypt(int mode, byte[] nonce, String rowId, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(answerKey, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(rowId.getBytes(StandardCharsets.US_ASCII));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the kept answer does not open", e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "IdempotencySecrets[***]";
    }
}
