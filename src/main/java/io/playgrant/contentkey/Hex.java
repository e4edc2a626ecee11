package io.playgrant.contentkey;

import java.util.HexFormat;

/** Hexadecimal text of secrets: the JDK's own parser puts the text that it refuses into its message. */
final class Hex {

    private Hex() {}

    static byte[] parseSecret(String hex) {
        for (int i = 0; i < hex.length(); i++) {
            if (!HexFormat.isHexDigit(hex.charAt(i))) {
                throw new IllegalArgumentException("not hexadecimal at position " + i);
            }
        }
        if (hex.length() % 2 != 0) {
            throw new IllegalArgumentException("an odd number of hexadecimal digits");
        }
        return HexFormat.of().parseHex(hex);
    }
}
