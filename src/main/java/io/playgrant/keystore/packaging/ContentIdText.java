package io.playgrant.keystore.packaging;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The text of content ids that packagers send as bytes: by it, tokens and operators name the content. */
public final class ContentIdText {

    private ContentIdText() {}

    /** The bytes as UTF-8, or as hexadecimal digits in lower case if they are no UTF-8 or have control characters. */
    public static String of(byte[] contentId) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(contentId))
                    .toString();
            return text.codePoints().noneMatch(Character::isISOControl)
                    ? text
                    : HexFormat.of().formatHex(contentId);
        } catch (CharacterCodingException e) {
            return HexFormat.of().formatHex(contentId);
        }
    }
}
