package io.playgrant.packager;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Content ids as text, in which form they are stored. Some dialects send bytes. */
public final class ContentIdText {

    private ContentIdText() {}

    /** The text whose UTF-8 the bytes are, if it has no control characters; otherwise the bytes as lower-case hexadecimal digits. */
    public static String of(byte[] contentId) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(contentId))
                    .toString();
            if (text.codePoints().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (CharacterCodingException notText) {
            // The digits stand for it.
        }
        return HexFormat.of().formatHex(contentId);
    }
}
