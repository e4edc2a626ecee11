package io.playgrant.packager.box;

import io.playgrant.contentkey.KeyId;
import java.util.HexFormat;

/** The URI by which players of FairPlay ask for a key. Applications may give it any form; these name the key id. */
public final class FairPlayUri {

    private static final String SCHEME = "skd://";

    private FairPlayUri() {}

    /** {@code skd://} and the key id as hexadecimal digits. */
    public static String of(KeyId kid) {
        return SCHEME + kid;
    }

    /** {@code skd://}, the key id and the initial vector as hexadecimal digits. */
    public static String of(KeyId kid, byte[] iv) {
        return of(kid) + ":" + HexFormat.of().formatHex(iv);
    }

    /** {@code skd://} and the key id as a UUID. */
    public static String ofUuid(KeyId kid) {
        return SCHEME + kid.toUuid();
    }
}
