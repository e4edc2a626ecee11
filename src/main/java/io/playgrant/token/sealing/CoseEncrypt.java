package io.playgrant.token.sealing;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The outer form of a token: a tagged COSE_Encrypt (RFC 9052 section 5.1) with one recipient, direct key agreement by HKDF-SHA-256
 * (RFC 9053 section 6.1.2) and A256GCM (RFC 9053 section 4.1).
 *
 * @param keyId which secret of the ring, 8 bytes
 * @param salt what the content-encryption key is derived with, 32 bytes
 * @param iv the nonce, 12 bytes
 * @param ciphertext with the tag at its end
 */
public record CoseEncrypt(byte[] keyId, byte[] salt, byte[] iv, byte[] ciphertext) {

    static final int KEY_ID_LENGTH = 8;
    public static final int SALT_LENGTH = 32;
    public static final int IV_LENGTH = 12;

    /** COSE_Encrypt, RFC 9052 table 1. */
    private static final int TAG = 96;

    /** {alg: A256GCM}, as it stands in the protected bucket. */
    private static final byte[] PROTECTED = {(byte) 0xa1, 0x01, 0x03};

    /** {alg: direct+HKDF-SHA-256}, as it stands in the recipient's protected bucket. */
    private static final byte[] RECIPIENT_PROTECTED = {(byte) 0xa1, 0x01, 0x29};

    private static final int IV = 5;
    private static final int KID = 4;
    private static final int SALT = -20;

    private static final CBORFactory CBOR = new CBORFactory();

    /** Enc_structure (RFC 9052 section 5.3): the same for every token, as all that varies is bound by the key or the nonce. */
    private static final byte[] AAD = write(cbor -> {
        cbor.writeStartArray(PROTECTED, 3);
        cbor.writeString("Encrypt");
        cbor.writeBinary(PROTECTED);
        cbor.writeBinary(new byte[0]);
        cbor.writeEndArray();
    });

    /** COSE_KDF_Context (RFC 9053 section 5.2): A256GCM, nothing of either party, 256 bits for the recipient's protected bucket. */
    private static final byte[] KDF_CONTEXT = write(cbor -> {
        cbor.writeStartArray(RECIPIENT_PROTECTED, 4);
        cbor.writeNumber(3);
        for (int party = 0; party < 2; party++) {
            cbor.writeStartArray(RECIPIENT_PROTECTED, 3);
            cbor.writeNull();
            cbor.writeNull();
            cbor.writeNull();
            cbor.writeEndArray();
        }
        cbor.writeStartArray(RECIPIENT_PROTECTED, 2);
        cbor.writeNumber(256);
        cbor.writeBinary(RECIPIENT_PROTECTED);
        cbor.writeEndArray();
        cbor.writeEndArray();
    });

    /** The additional data that the tag covers. */
    static byte[] aad() {
        return AAD.clone();
    }

    /** The context that the key is derived in. */
    static byte[] kdfContext() {
        return KDF_CONTEXT.clone();
    }

    public byte[] encode() {
        return write(cbor -> {
            cbor.writeTag(TAG);
            cbor.writeStartArray(this, 4);
            cbor.writeBinary(PROTECTED);
            cbor.writeStartObject(this, 1);
            cbor.writeFieldId(IV);
            cbor.writeBinary(iv);
            cbor.writeEndObject();
            cbor.writeBinary(ciphertext);
            cbor.writeStartArray(this, 1);
            cbor.writeStartArray(this, 3);
            cbor.writeBinary(RECIPIENT_PROTECTED);
            cbor.writeStartObject(this, 2);
            cbor.writeFieldId(KID);
            cbor.writeBinary(keyId);
            cbor.writeFieldId(SALT);
            cbor.writeBinary(salt);
            cbor.writeEndObject();
            cbor.writeBinary(new byte[0]);
            cbor.writeEndArray();
            cbor.writeEndArray();
            cbor.writeEndArray();
        });
    }

    /**
     * Reads what {@link #encode()} wrote.
     *
     * @throws MalformedTokenException if it is anything else: only one way of writing a token is accepted, so that nothing can be
     *     changed about it
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

    /** Takes the four fields that vary; that all the rest is as it must be is found by encoding them again. */
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

    private static byte[] write(Writer writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (CBORGenerator cbor = CBOR.createGenerator(out)) {
            writer.write(cbor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private interface Writer {
        void write(CBORGenerator cbor) throws IOException;
    }
}
