package io.playgrant.packager.cpix;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Parses a document that anyone may have written: without document types and entities, and with limits, so that the work and the memory
 * are bounded whatever it contains.
 */
final class XmlParser {

    /** A request for 100 keys of five systems has some 150 KB. */
    static final int MOST_BYTES = 256 * 1024;

    /** Elements and comments. */
    private static final int MOST_PARTS = 20_000;

    private static final int DEEPEST = 32;
    private static final int MOST_ATTRIBUTES = 32;
    private static final int LONGEST_ATTRIBUTE = 4096;
    private static final int LONGEST_TEXT = 64 * 1024;

    /** In the whole document, because the parser needs quadratic time for those of an element. */
    private static final int MOST_NAMESPACES = 1_000;

    private static final String DECLARATION = "xmlns";

    private final XMLStreamReader reader;
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable XmlElement root;
    private int parts;

    private XmlParser(XMLStreamReader reader) {
        this.reader = reader;
    }

    /**
     * The root of a document.
     *
     * @throws CpixException if it is not well-formed, has a document type, or exceeds a limit
     */
    static XmlElement parse(byte[] document) {
        if (document.length == 0) {
            throw CpixException.notXml("The body is empty");
        }
        if (document.length > MOST_BYTES) {
            throw CpixException.tooLarge("The document has more than " + MOST_BYTES + " bytes");
        }
        String text = XmlText.decode(document);
        if (text.contains("<!DOCTYPE")) {
            // The parser never sees one: it writes to System.err if a document type is cut off (JDK 17).
            throw CpixException.notXml("Document types are not accepted");
        }
        requireFewNamespaces(text);
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text));
            try {
                return new XmlParser(reader).document();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw notWellFormed(e);
        }
    }

    private static void requireFewNamespaces(String text) {
        int declarations = 0;
        for (int at = text.indexOf(DECLARATION); at >= 0; at = text.indexOf(DECLARATION, at + DECLARATION.length())) {
            if (++declarations > MOST_NAMESPACES) {
                throw CpixException.notXml("The document declares more than " + MOST_NAMESPACES + " namespaces");
            }
        }
    }

    /** The parser of the JDK, whatever else is on the class path. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** The parser's own message may quote the document. */
    private static CpixException notWellFormed(XMLStreamException e) {
        if (e.getLocation() == null) {
            return CpixException.notXml("The document is not well-formed XML");
        }
        return CpixException.notXml("The document is not well-formed XML: line "
                + e.getLocation().getLineNumber()
                + ", column "
                + e.getLocation().getColumnNumber());
    }

    private XmlElement document() throws XMLStreamException {
        if ("1.1".equals(reader.getVersion())) {
            throw CpixException.notXml("Only XML 1.0 is accepted");
        }
        if (!XmlText.isAccepted(reader.getCharacterEncodingScheme())) {
            throw CpixException.notXml("The document must be in UTF-8 or UTF-16");
        }
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> start();
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text();
                case XMLStreamConstants.COMMENT -> comment();
                case XMLStreamConstants.END_DOCUMENT -> {}
                case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                    throw CpixException.notXml("Processing instructions are not accepted");
                default -> throw CpixException.notXml("Document types and entities are not accepted");
            }
        }
        if (root == null) {
            throw CpixException.notXml("The document has no element");
        }
        return root;
    }

    private void count() {
        if (++parts > MOST_PARTS) {
            throw CpixException.notXml("The document has more than " + MOST_PARTS + " elements and comments");
        }
    }

    private void start() {
        count();
        if (open.size() == DEEPEST) {
            throw CpixException.notXml("The elements are nested more than " + DEEPEST + " deep");
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        Map<String, String> scope = declare(attributes);
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(
                    qualified(reader.getAttributePrefix(i), reader.getAttributeLocalName(i)),
                    checked(reader.getAttributeValue(i)));
        }
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw CpixException.notXml("An element has more than " + MOST_ATTRIBUTES + " attributes");
        }
        String namespace = reader.getNamespaceURI();
        open.push(new Open(
                qualified(reader.getPrefix(), reader.getLocalName()),
                namespace == null ? "" : namespace,
                attributes,
                scope,
                new ArrayList<>()));
    }

    /** Adds the declarations of namespaces to the attributes. */
    private Map<String, String> declare(Map<String, String> attributes) {
        Open parent = open.peek();
        Map<String, String> outer = parent == null ? Map.of() : parent.scope();
        if (reader.getNamespaceCount() == 0) {
            return outer;
        }
        Map<String, String> scope = new HashMap<>(outer);
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            String prefix = reader.getNamespacePrefix(i) == null ? "" : reader.getNamespacePrefix(i);
            String uri = reader.getNamespaceURI(i) == null ? "" : checked(reader.getNamespaceURI(i));
            attributes.put(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, uri);
            scope.put(prefix, uri);
        }
        return scope;
    }

    private static String qualified(@Nullable String prefix, String localName) {
        return prefix == null || prefix.isEmpty() ? localName : prefix + ":" + localName;
    }

    private static String checked(String value) {
        if (value.length() > LONGEST_ATTRIBUTE) {
            throw CpixException.notXml("An attribute has more than " + LONGEST_ATTRIBUTE + " characters");
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                throw CpixException.notXml("An attribute contains a control character");
            }
        }
        return value;
    }

    private void text() {
        if (reader.getTextLength() > LONGEST_TEXT) {
            throw CpixException.notXml("A text has more than " + LONGEST_TEXT + " characters");
        }
        add(new XmlNode.Text(reader.getText()));
    }

    private void comment() {
        count();
        add(new XmlNode.Comment(reader.getText()));
    }

    /** Comments and white space around the root are not kept. */
    private void add(XmlNode node) {
        Open parent = open.peek();
        if (parent != null) {
            parent.content().add(node);
        }
    }

    private void end() {
        XmlElement element = open.pop().close();
        if (open.isEmpty()) {
            root = element;
        } else {
            add(element);
        }
    }

    /** An element whose end is still to come. */
    private record Open(
            String name,
            String namespace,
            Map<String, String> attributes,
            Map<String, String> scope,
            List<XmlNode> content) {

        XmlElement close() {
            return new XmlElement(name, namespace, attributes, scope, content);
        }
    }
}
