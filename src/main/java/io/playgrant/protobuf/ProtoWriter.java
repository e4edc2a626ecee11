package io.playgrant.protobuf;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes one Protocol Buffers message. */
public final class ProtoWriter {

    /** The library's own buffer would be larger than most messages. */
    private static final int BUFFER = 128;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER);

    /** Adds a field with a number. */
    public ProtoWriter number(int id, long number) {
        try {
            out.writeUInt64(id, number);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a field with bytes. */
    public ProtoWriter bytes(int id, byte[] content) {
        try {
            out.writeByteArray(id, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a field with an embedded message. */
    public ProtoWriter message(int id, ProtoWriter message) {
        return bytes(id, message.toByteArray());
    }

    /** The message so far. */
    public byte[] toByteArray() {
        try {
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
