package io.playgrant.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The fields of one Protocol Buffers message. Embedded messages are read only when they are asked for, so that no depth of nesting costs
 * anything, and a length never reserves more memory than the message has bytes.
 */
public final class ProtoMessage {

    private final List<Field> fields;

    private ProtoMessage(List<Field> fields) {
        this.fields = fields;
    }

    /** A field: a number, or bytes if they are not empty or the number is not used. */
    private record Field(int id, boolean isNumber, long number, byte[] bytes) {}

    private static final byte[] NONE = {};

    /**
     * Reads a message.
     *
     * @throws IOException if the bytes are no message, were cut, or contain a group, which no current format uses
     */
    public static ProtoMessage read(byte[] message) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        List<Field> fields = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int id = WireFormat.getTagFieldNumber(tag);
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_VARINT -> fields.add(new Field(id, true, in.readRawVarint64(), NONE));
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> fields.add(new Field(id, false, 0, in.readByteArray()));
                case WireFormat.WIRETYPE_FIXED32, WireFormat.WIRETYPE_FIXED64 -> in.skipField(tag);
                default -> throw new IOException("a group");
            }
        }
        return new ProtoMessage(fields);
    }

    /** The number in a field; of several, the last one counts. */
    public OptionalLong number(int id) {
        OptionalLong last = OptionalLong.empty();
        for (Field field : fields) {
            if (field.id() == id && field.isNumber()) {
                last = OptionalLong.of(field.number());
            }
        }
        return last;
    }

    /** The numbers in every occurrence of a field. */
    public List<Long> numbers(int id) {
        return fields.stream()
                .filter(field -> field.id() == id && field.isNumber())
                .map(Field::number)
                .toList();
    }

    /** The bytes in a field; of several, the last ones count. */
    public Optional<byte[]> bytes(int id) {
        List<byte[]> all = all(id);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The bytes in every occurrence of a repeated field. */
    public List<byte[]> all(int id) {
        List<byte[]> all = new ArrayList<>();
        for (Field field : fields) {
            if (field.id() == id && !field.isNumber()) {
                all.add(field.bytes());
            }
        }
        return all;
    }

    /**
     * The message in a field. Several occurrences are merged, as every reader must do: their bytes one after the other are the same message.
     *
     * @throws IOException if it is no message
     */
    public Optional<ProtoMessage> message(int id) throws IOException {
        List<byte[]> all = all(id);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        if (all.size() == 1) {
            return Optional.of(read(all.get(0)));
        }
        ByteArrayOutputStream merged = new ByteArrayOutputStream();
        all.forEach(merged::writeBytes);
        return Optional.of(read(merged.toByteArray()));
    }
}
