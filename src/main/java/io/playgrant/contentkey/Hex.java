package io.playgrant.contentkey;

import java.util.HexFormat;

/** Parses hexadecimal text of secrets. The JDK's parser is not used, because its exceptions quote the text. */
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
