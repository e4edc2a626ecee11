package io.playgrant.token.sealing;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.util.Arrays;

/**
 * The outer form of a token: a tagged COSE_Encrypt (RFC 9052 section 5.1) with one recipient, direct key agreement by HKDF-SHA-256
 * (RFC 9053 section 6.1.2) and A256GCM (RFC 9053 section 4.1).
 *
 * @param keyId the id of the secret in the ring, 8 bytes
 * @param salt the salt for the derivation of the content-encryption key, 32 bytes
 * @param iv the nonce, 12 bytes
 * @param ciphertext the ciphertext, with the tag at its end
 */
public record CoseEncrypt(byte[] keyId, byte[] salt, byte[] iv, byte[] ciphertext) {

    static final int KEY_ID_LENGTH = 8;
    public static final int SALT_LENGTH = 32;
    public static final int IV_LENGTH = 12;

    /** COSE_Encrypt, RFC 9052 table 1. */
    private static final int TAG = 96;

    /** {alg: A256GCM}, the content of the protected bucket. */
    private static final byte[] PROTECTED = {(byte) 0xa1, 0x01, 0x03};

    /** {alg: direct+HKDF-SHA-256}, the content of the recipient's protected bucket. */
    private static final byte[] RECIPIENT_PROTECTED = {(byte) 0xa1, 0x01, 0x29};

    private static final int IV = 5;
    private static final int KID = 4;
    private static final int SALT = -20;

    private static final CBORFactory CBOR = new CBORFactory();

    /** The length of {@link #encode} without the ciphertext and the head of it. */
    private static final int LENGTH_OF_THE_REST = 75;

    /** Enc_structure (RFC 9052 section 5.3). It is the same for every token, because the key and the nonce bind everything that varies. */
    private static final byte[] AAD = new CborWriter(14)
            .array(3)
            .text("Encrypt")
            .binary(PROTECTED)
            .binary(new byte[0])
            .finish();

    /** COSE_KDF_Context (RFC 9053 section 5.2): A256GCM, nothing of either party, 256 bits for the recipient's protected bucket. */
    private static final byte[] KDF_CONTEXT = kdfContextOf(RECIPIENT_PROTECTED);

    private static byte[] kdfContextOf(byte[] recipientProtected) {
        CborWriter cbor = new CborWriter(18).array(4).number(3);
        for (int party = 0; party < 2; party++) {
            cbor.array(3).nothing().nothing().nothing();
        }
        return cbor.array(2).number(256).binary(recipientProtected).finish();
    }

    /** The additional data that the tag covers. */
    static byte[] aad() {
        return AAD.clone();
    }

    /** The context for the derivation of the key. */
    static byte[] kdfContext() {
        return KDF_CONTEXT.clone();
    }

    /** The message in the deterministic encoding. */
    public byte[] encode() {
        int length = LENGTH_OF_THE_REST + CborWriter.headLength(ciphertext.length) + ciphertext.length;
        return new CborWriter(length)
                .tag(TAG)
                .array(4)
                .binary(PROTECTED)
                .map(1)
                .number(IV)
                .binary(iv)
                .binary(ciphertext)
                .array(1)
                .array(3)
                .binary(RECIPIENT_PROTECTED)
                .map(2)
                .number(KID)
                .binary(keyId)
                .number(SALT)
                .binary(salt)
                .binary(new byte[0])
                .finish();
    }

    /**
     * Reads bytes of {@link #encode()}.
     *
     * @throws MalformedTokenException if the bytes differ in any way from the canonical encoding, so that nothing about a token can be
     *     changed
     */
    public static CoseEncrypt decode(byte[] bytes) throws MalformedTokenException {
        CoseEncrypt message;
        try (CBORParser cbor = CBOR.createParser(bytes)) {
            message = read(cbor);
        } catch (IOException | RuntimeException e) {
            throw new MalformedTokenException("not a COSE_Encrypt message of this service");
        }
        if (!Arrays.equals(message.encode(), bytes)) {
            throw new MalformedTokenException("not in canonical form");
        }
        return message;
    }

    /** Reads the four fields that vary. Encoding them again verifies the rest. */
    private static CoseEncrypt read(CBORParser cbor) throws IOException {
        expect(cbor, JsonToken.START_ARRAY);
        binary(cbor);
        expect(cbor, JsonToken.START_OBJECT);
        expect(cbor, JsonToken.FIELD_NAME);
        byte[] iv = binary(cbor);
        expect(cbor, JsonToken.END_OBJECT);
        byte[] ciphertext = binary(cbor);
        expect(cbor, JsonToken.START_ARRAY);
        expect(cbor, JsonToken.START_ARRAY);
        binary(cbor);
        expect(cbor, JsonToken.START_OBJECT);
        expect(cbor, JsonToken.FIELD_NAME);
        byte[] keyId = binary(cbor);
        expect(cbor, JsonToken.FIELD_NAME);
        byte[] salt = binary(cbor);
        if (iv.length != IV_LENGTH || keyId.length != KEY_ID_LENGTH || salt.length != SALT_LENGTH) {
            throw new IOException("a field has another length");
        }
        return new CoseEncrypt(keyId, salt, iv, ciphertext);
    }

    private static void expect(CBORParser cbor, JsonToken token) throws IOException {
        if (cbor.nextToken() != token) {
            throw new IOException("another structure");
        }
    }

    private static byte[] binary(CBORParser cbor) throws IOException {
        expect(cbor, JsonToken.VALUE_EMBEDDED_OBJECT);
        return cbor.getBinaryValue();
    }
}
