package io.playgrant.contentkey;

/** The AES key, or the initial vector, with which messages to a licence service are signed. A secret. */
public final class SigningSecret extends SecretBytes {

    private SigningSecret(byte[] bytes) {
        super(bytes);
    }

    /** A secret of these bytes, which are copied. */
    public static SigningSecret of(byte[] bytes) {
        return new SigningSecret(bytes.clone());
    }

    /**
     * A secret of hexadecimal digits, in either case.
     *
     * @throws IllegalArgumentException if the text has another form; the message does not contain the digits
     */
    public static SigningSecret ofHex(String hex) {
        return new SigningSecret(Hex.parseSecret(hex));
    }
}
