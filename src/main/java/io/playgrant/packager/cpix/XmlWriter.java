package io.playgrant.packager.cpix;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a document in UTF-8. Names are written as they came, with their prefixes; the writer of the JDK escapes everything else. */
final class XmlWriter {

    private final XMLStreamWriter writer;

    private XmlWriter(XMLStreamWriter writer) {
        this.writer = writer;
    }

    static byte[] write(XmlElement root) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            writer.writeStartDocument("UTF-8", "1.0");
            new XmlWriter(writer).write((XmlNode) root);
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The document cannot be written");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(XmlNode node) throws XMLStreamException {
        if (node instanceof XmlElement element) {
            if (element.content().isEmpty()) {
                writer.writeEmptyElement(element.name());
                writeAttributes(element);
            } else {
                writer.writeStartElement(element.name());
                writeAttributes(element);
                for (XmlNode inner : element.content()) {
                    write(inner);
                }
                writer.writeEndElement();
            }
        } else if (node instanceof XmlNode.Text text) {
            writeText(text.text());
        } else if (node instanceof XmlNode.Comment comment) {
            writer.writeComment(comment.text());
        }
    }

    private void writeAttributes(XmlElement element) throws XMLStreamException {
        for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
            writer.writeAttribute(attribute.getKey(), attribute.getValue());
        }
    }

    /** A carriage return needs a reference, or else its reader takes it for the end of a line. */
    private void writeText(String text) throws XMLStreamException {
        int start = 0;
        for (int at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', start)) {
            writer.writeCharacters(text.substring(start, at));
            writer.writeEntityRef("#13");
            start = at + 1;
        }
        writer.writeCharacters(text.substring(start));
    }
}
