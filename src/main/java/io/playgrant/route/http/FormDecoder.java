package io.playgrant.route.http;

import io.playgrant.token.ParameterNames;
import io.playgrant.token.Parameters;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code application/x-www-form-urlencoded} (WHATWG URL Standard section 5.1), but strictly: a value that is not
 * percent-encoded UTF-8 is marked as malformed instead of being repaired.
 */
public final class FormDecoder {

    private FormDecoder() {}

    /** Adds the parameters of a query or of a form's body; a parameter whose name cannot be decoded is left out. */
    public static void decode(byte[] form, Parameters into) {
        int start = 0;
        while (start < form.length) {
            int end = indexOf(form, '&', start, form.length);
            int equals = indexOf(form, '=', start, end);
            String known = ParameterNames.find(form, start, equals);
            String name = known == null ? decode(form, start, equals) : known;
            if (name != null) {
                String value = decode(form, Math.min(equals + 1, end), end);
                if (value == null) {
                    into.addMalformed(name);
                } else {
                    into.add(name, value);
                }
            }
            start = end + 1;
        }
    }

    /** Decodes a part of a path, where a plus sign stands for itself; empty if it is not percent-encoded UTF-8. */
    public static Optional<String> decodePath(String part) {
        byte[] bytes = part.replace("+", "%2B").getBytes(StandardCharsets.ISO_8859_1);
        return Optional.ofNullable(decode(bytes, 0, bytes.length));
    }

    /** Null if the text cannot be decoded. Most texts are plain ASCII, and are copied only once. */
    private static @Nullable String decode(byte[] form, int start, int end) {
        for (int i = start; i < end; i++) {
            if (form[i] == '%' || form[i] == '+' || form[i] < 0) {
                return unescape(form, start, end);
            }
        }
        return new String(form, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String unescape(byte[] form, int start, int end) {
        byte[] bytes = new byte[end - start];
        int length = 0;
        boolean isAscii = true;
        for (int i = start; i < end; i++) {
            byte next = form[i];
            if (next == '+') {
                next = ' ';
            } else if (next == '%') {
                int high = i + 2 < end ? Character.digit(form[i + 1], 16) : -1;
                int low = i + 2 < end ? Character.digit(form[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                next = (byte) (high << 4 | low);
                i += 2;
            }
            isAscii &= next >= 0;
            bytes[length++] = next;
        }
        return isAscii ? new String(bytes, 0, length, StandardCharsets.ISO_8859_1) : utf8(bytes, length);
    }

    /** Null if the bytes are not UTF-8, which a constructor of String would repair. */
    private static @Nullable String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static int indexOf(byte[] bytes, char wanted, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return end;
    }
}
