package io.playgrant.route.http;

import io.playgrant.token.Parameters;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

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
            Optional<String> name = decode(form, start, equals);
            if (name.isPresent()) {
                Optional<String> value = decode(form, Math.min(equals + 1, end), end);
                value.ifPresentOrElse(text -> into.add(name.get(), text), () -> into.addMalformed(name.get()));
            }
            start = end + 1;
        }
    }

    /** Decodes a part of a path, where a plus sign stands for itself; empty if it is not percent-encoded UTF-8. */
    public static Optional<String> decodePath(String part) {
        byte[] bytes = part.replace("+", "%2B").getBytes(StandardCharsets.ISO_8859_1);
        return decode(bytes, 0, bytes.length);
    }

    private static Optional<String> decode(byte[] form, int start, int end) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - start);
        for (int i = start; i < end; i++) {
            switch (form[i]) {
                case '+' -> bytes.write(' ');
                case '%' -> {
                    int high = i + 2 < end ? Character.digit(form[i + 1], 16) : -1;
                    int low = i + 2 < end ? Character.digit(form[i + 2], 16) : -1;
                    if (high < 0 || low < 0) {
                        return Optional.empty();
                    }
                    bytes.write(high << 4 | low);
                    i += 2;
                }
                default -> bytes.write(form[i]);
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
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
