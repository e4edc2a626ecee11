package io.playgrant.token.sealing;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes the kinds of CBOR that tokens consist of, in the deterministic encoding (RFC 8949 section 4.2.1). A library's generator allocates
 * more than all other parts of a token. Nothing of what is written stays behind in memory but the result.
 */
public final class CborWriter {

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final byte NULL = (byte) 0xf6;

    private byte[] bytes;
    private int length;

    /**
     * A writer.
     *
     * @param expected the expected length of the result; it grows if necessary
     */
    public CborWriter(int expected) {
        bytes = new byte[expected];
    }

    /** A whole number. */
    public CborWriter number(long number) {
        return number < 0 ? head(NEGATIVE, ~number) : head(UNSIGNED, number);
    }

    /** A byte string. */
    public CborWriter binary(byte[] content) {
        head(BYTES, content.length);
        reserve(content.length);
        System.arraycopy(content, 0, bytes, length, content.length);
        length += content.length;
        return this;
    }

    /** A byte string, given by its hexadecimal digits. */
    public CborWriter hex(String digits) {
        int size = digits.length() / 2;
        head(BYTES, size);
        reserve(size);
        for (int at = 0; at < digits.length(); at += 2) {
            bytes[length++] = (byte) HexFormat.fromHexDigits(digits, at, at + 2);
        }
        return this;
    }

    /**
     * A text string.
     *
     * @throws UncheckedIOException if half a surrogate pair is missing, so that it is no text
     */
    public CborWriter text(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 0x80) {
                return beyondAscii(text);
            }
        }
        head(TEXT, text.length());
        reserve(text.length());
        for (int at = 0; at < text.length(); at++) {
            bytes[length++] = (byte) text.charAt(at);
        }
        return this;
    }

    private CborWriter beyondAscii(String text) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            int size = utf8.remaining();
            head(TEXT, size);
            reserve(size);
            utf8.get(bytes, length, size);
            length += size;
            return this;
        } catch (CharacterCodingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beginning of an array of so many items, which follow. */
    public CborWriter array(int items) {
        return head(ARRAY, items);
    }

    /** The beginning of a map of so many pairs of key and value, which follow, the keys in the order of their encoding. */
    public CborWriter map(int pairs) {
        return head(MAP, pairs);
    }

    /** A tag of the item that follows. */
    CborWriter tag(int number) {
        return head(TAG, number);
    }

    /** The value null. */
    CborWriter nothing() {
        reserve(1);
        bytes[length++] = NULL;
        return this;
    }

    /** All that was written. The writer must not be used afterwards. */
    public byte[] finish() {
        if (length == bytes.length) {
            return bytes;
        }
        byte[] written = Arrays.copyOf(bytes, length);
        Arrays.fill(bytes, (byte) 0);
        return written;
    }

    /** The length of the head of an item, from the number in it: a length, a number of items, or a value. */
    static int headLength(long number) {
        if (number < 24) {
            return 1;
        }
        if (number <= 0xff) {
            return 2;
        }
        if (number <= 0xffff) {
            return 3;
        }
        return number <= 0xffff_ffffL ? 5 : 9;
    }

    private CborWriter head(int majorType, long number) {
        int size = headLength(number);
        reserve(size);
        int additional = switch (size) {
            case 1 -> (int) number;
            case 2 -> 24;
            case 3 -> 25;
            case 5 -> 26;
            default -> 27;
        };
        bytes[length++] = (byte) (majorType << 5 | additional);
        for (int rest = size - 2; rest >= 0; rest--) {
            bytes[length++] = (byte) (number >>> (Byte.SIZE * rest));
        }
        return this;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            byte[] larger = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
            Arrays.fill(bytes, (byte) 0);
            bytes = larger;
        }
    }
}
