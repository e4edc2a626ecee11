package io.playgrant.packager.box;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes short pieces of XML to a text. */
final class XmlText {

    /** The JDK's own, which closes each element explicitly; another one on the class path may not. */
    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

    private XmlText() {}

    /** Writes a piece of XML. */
    interface Content {
        void writeTo(XMLStreamWriter xml) throws XMLStreamException;
    }

    static String of(Content content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(text);
            content.writeTo(xml);
            xml.flush();
            return text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes an element that contains only text. */
    static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
