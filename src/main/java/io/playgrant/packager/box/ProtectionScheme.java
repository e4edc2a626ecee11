package io.playgrant.packager.box;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The schemes of Common Encryption (ISO/IEC 23001-7, section 10). */
public enum ProtectionScheme {
    /** AES-CTR. */
    CENC,
    /** AES-CTR of a pattern of blocks. */
    CENS,
    /** AES-CBC. */
    CBC1,
    /** AES-CBC of a pattern of blocks. */
    CBCS;

    private final String label = name().toLowerCase(Locale.ROOT);
    private final int code =
            ByteBuffer.wrap(label.getBytes(StandardCharsets.US_ASCII)).getInt();

    /** The scheme with a label; empty if there is none. */
    public static Optional<ProtectionScheme> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.label.equals(label))
                .findFirst();
    }

    /** The scheme with a code; empty if there is none. */
    public static Optional<ProtectionScheme> ofCode(long code) {
        return Arrays.stream(values()).filter(scheme -> scheme.code == code).findFirst();
    }

    /** The four letters that name the scheme in files and manifests. */
    public String label() {
        return label;
    }

    /** The four letters as a number of 32 bits. */
    public int code() {
        return code;
    }

    /** Whether the scheme uses AES-CTR, rather than AES-CBC. */
    public boolean isCounterMode() {
        return this == CENC || this == CENS;
    }
}
