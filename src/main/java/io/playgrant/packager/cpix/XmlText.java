package io.playgrant.packager.cpix;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes documents: UTF-8, or UTF-16 with a byte order mark. The parser gets characters, so that no encoding that a document names has
 * an effect.
 */
final class XmlText {

    private static final Set<String> DECLARED = Set.of("UTF-8", "UTF8", "UTF-16", "UTF-16BE", "UTF-16LE", "US-ASCII");

    private XmlText() {}

    /**
     * The characters of a document, without its byte order mark.
     *
     * @throws CpixException if the bytes are not in the encoding
     */
    static String decode(byte[] document) {
        if (startsWith(document, 0xfe, 0xff)) {
            return decode(document, 2, StandardCharsets.UTF_16BE);
        }
        if (startsWith(document, 0xff, 0xfe)) {
            return decode(document, 2, StandardCharsets.UTF_16LE);
        }
        int mark = startsWith(document, 0xef, 0xbb, 0xbf) ? 3 : 0;
        return decode(document, mark, StandardCharsets.UTF_8);
    }

    /** Whether the XML declaration names no encoding, or one in which documents are read. */
    static boolean isAccepted(@Nullable String declaredEncoding) {
        return declaredEncoding == null || DECLARED.contains(declaredEncoding.toUpperCase(Locale.ROOT));
    }

    private static boolean startsWith(byte[] document, int... mark) {
        if (document.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((document[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static String decode(byte[] document, int start, Charset charset) {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(document, start, document.length - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw CpixException.notXml("The document is neither UTF-8 nor UTF-16 with a byte order mark");
        }
    }
}
