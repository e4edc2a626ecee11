package io.playgrant.keystore.packaging;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** Reads the public keys of signers. */
public final class RsaPublicKeys {

    /** The shortest modulus, in bits. */
    public static final int SHORTEST_MODULUS = 2_048;

    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private RsaPublicKeys() {}

    /** Reads an RSA public key in PEM (PUBLIC KEY) or DER. Empty if it is something else, or too short. */
    public static Optional<RSAPublicKey> read(byte[] bytes) {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der(bytes)))
                                    instanceof RSAPublicKey rsa
                            && rsa.getModulus().bitLength() >= SHORTEST_MODULUS
                    ? Optional.of(rsa)
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] der(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1).strip();
        return text.startsWith(BEGIN) && text.endsWith(END)
                ? Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length()))
                : file;
    }
}
