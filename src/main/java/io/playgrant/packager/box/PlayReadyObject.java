package io.playgrant.packager.box;

import io.playgrant.contentkey.KeyId;
import java.io.StringReader;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A PlayReady object, which contains a header: the data of a PlayReady box.
 *
 * @param header the header, which is XML
 * @param keyIds the ids of the keys that the header names
 */
public record PlayReadyObject(String header, List<KeyId> keyIds) {

    /** The most bytes of an object, by its specification. */
    private static final int LONGEST = 15 * 1024;

    private static final short HEADER = 1;

    /** The JDK's own. Without document types, a document can neither grow nor refer to another one. */
    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XML.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    /** The list is copied. */
    public PlayReadyObject {
        keyIds = List.copyOf(keyIds);
    }

    /**
     * The bytes of an object with one header.
     *
     * @throws BoxException if the header is too long
     */
    static byte[] bytes(String header) {
        byte[] text = header.getBytes(StandardCharsets.UTF_16LE);
        int size = 4 + 2 + 2 + 2 + text.length;
        if (size > LONGEST) {
            throw new BoxException("has " + size + " bytes; a PlayReady object has at most " + LONGEST);
        }
        return ByteBuffer.allocate(size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(size)
                .putShort((short) 1)
                .putShort(HEADER)
                .putShort((short) text.length)
                .put(text)
                .array();
    }

    /**
     * Reads an object.
     *
     * @throws BoxException if the bytes are no object with a header
     */
    public static PlayReadyObject read(byte[] object) {
        ByteBuffer in = ByteBuffer.wrap(object).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (object.length > LONGEST || in.getInt() != object.length) {
                throw new BoxException("is no PlayReady object, which begins with its length");
            }
            for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
                int type = in.getShort();
                byte[] content = new byte[Short.toUnsignedInt(in.getShort())];
                in.get(content);
                if (type == HEADER) {
                    String header = new String(content, StandardCharsets.UTF_16LE);
                    return new PlayReadyObject(header, keyIds(header));
                }
            }
        } catch (BufferUnderflowException e) {
            throw new BoxException("is a PlayReady object that was cut");
        }
        throw new BoxException("is a PlayReady object without a header");
    }

    /** Version 4.0 has a key id as text, later versions have them in attributes. */
    private static List<KeyId> keyIds(String header) {
        List<KeyId> keyIds = new ArrayList<>();
        try {
            XMLStreamReader xml = XML.createXMLStreamReader(new StringReader(header));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("KID")) {
                    String value = xml.getAttributeValue(null, "VALUE");
                    keyIds.add(keyId(value == null ? xml.getElementText() : value));
                }
            }
        } catch (XMLStreamException | IllegalArgumentException e) {
            throw new BoxException("is a PlayReady object whose header cannot be read");
        }
        return keyIds;
    }

    private static KeyId keyId(String base64) {
        return KeyId.of(swapped(KeyId.of(Base64.getDecoder().decode(base64.strip()))));
    }

    /** A key id as PlayReady writes it, or back: the first three groups of a GUID are little-endian. */
    static byte[] swapped(KeyId kid) {
        ByteBuffer in = ByteBuffer.wrap(kid.toByteArray());
        return ByteBuffer.allocate(KeyId.LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(in.getInt())
                .putShort(in.getShort())
                .putShort(in.getShort())
                .put(in)
                .array();
    }
}
