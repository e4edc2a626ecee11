package io.playgrant.license.cloud;

import io.playgrant.protobuf.ProtoMessage;
import io.playgrant.protobuf.ProtoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A service certificate: the public key with which players encrypt their identity for the licence service. Its signature is not checked:
 * players do so.
 *
 * @param signedMessage the answer to a player's certificate request
 * @param serial its serial number, in lower-case hexadecimal
 */
public record ServiceCertificate(byte[] signedMessage, String serial) {

    /** Many times the usual length. */
    private static final int LONGEST = 16 * 1024;

    /** SignedMessage. */
    private static final int TYPE = 1;

    private static final int MESSAGE = 2;
    private static final int SERVICE_CERTIFICATE = 5;

    /** SignedDrmCertificate. */
    private static final int CERTIFICATE = 1;

    /** DrmCertificate. */
    private static final int CERTIFICATE_TYPE = 1;

    private static final int SERIAL = 2;
    private static final int PUBLIC_KEY = 4;
    private static final int SERVICE = 3;
    private static final int LONGEST_SERIAL = 64;

    /**
     * Reads a certificate in either form: as the answer to a player's request, or as players take it for {@code setServerCertificate}.
     *
     * @throws IllegalArgumentException with the reason if the bytes are none
     */
    public static ServiceCertificate read(byte[] bytes) {
        if (bytes.length > LONGEST) {
            throw new IllegalArgumentException("it has " + bytes.length + " bytes");
        }
        try {
            ProtoMessage message = ProtoMessage.read(bytes);
            boolean isWrapped = message.number(TYPE).orElse(0) == SERVICE_CERTIFICATE;
            byte[] signed = isWrapped ? message.bytes(MESSAGE).orElse(new byte[0]) : bytes;
            String serial = serial(ProtoMessage.read(signed))
                    .orElseThrow(() -> new IllegalArgumentException("it is another kind of message"));
            return new ServiceCertificate(isWrapped ? bytes.clone() : wrap(signed), serial);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is no Protocol Buffers message, or was cut");
        }
    }

    /**
     * Reads a file with a certificate, in either form, as bytes or as base64.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException with the reason if it holds no certificate
     */
    public static ServiceCertificate readFile(Path file) throws IOException {
        if (Files.size(file) > 2 * LONGEST) {
            throw new IllegalArgumentException("it has " + Files.size(file) + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        try {
            return read(bytes);
        } catch (IllegalArgumentException e) {
            return read(decodeBase64(bytes));
        }
    }

    /** The decoder's own message is not passed on: it speaks of arrays, and may describe what the file holds. */
    private static byte[] decodeBase64(byte[] text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is neither a Protocol Buffers message nor base64");
        }
    }

    /** The form that players take for {@code setServerCertificate}. */
    public byte[] forSetServerCertificate() {
        try {
            return ProtoMessage.read(signedMessage).bytes(MESSAGE).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> serial(ProtoMessage signed) throws IOException {
        Optional<ProtoMessage> certificate = signed.message(CERTIFICATE);
        if (certificate.isEmpty()
                || certificate.get().number(CERTIFICATE_TYPE).orElse(0) != SERVICE
                || certificate.get().bytes(PUBLIC_KEY).isEmpty()) {
            return Optional.empty();
        }
        return certificate
                .get()
                .bytes(SERIAL)
                .filter(serial -> serial.length > 0 && serial.length <= LONGEST_SERIAL)
                .map(HexFormat.of()::formatHex);
    }

    private static byte[] wrap(byte[] signedCertificate) {
        return new ProtoWriter()
                .number(TYPE, SERVICE_CERTIFICATE)
                .bytes(MESSAGE, signedCertificate)
                .toByteArray();
    }
}
