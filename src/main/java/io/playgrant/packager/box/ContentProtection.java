package io.playgrant.packager.box;

import io.playgrant.contentkey.KeyId;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The {@code ContentProtection} elements of a DASH manifest, which declares the prefixes {@code cenc} and {@code mspr}, and their content
 * alone, which declares what it needs.
 */
public final class ContentProtection {

    private static final String ELEMENT = "ContentProtection";
    private static final String CENC = "urn:mpeg:cenc:2013";
    private static final String MSPR = "urn:microsoft:playready";
    private static final String DASHIF = "https://dashif.org/CPS";

    private ContentProtection() {}

    /** The element that names the scheme and the key id, without a DRM system. */
    public static String mp4(ProtectionScheme scheme, KeyId kid) {
        return XmlText.of(xml -> {
            xml.writeEmptyElement(ELEMENT);
            xml.writeAttribute("schemeIdUri", "urn:mpeg:dash:mp4protection:2011");
            xml.writeAttribute("value", scheme.label());
            xml.writeAttribute("cenc", CENC, "default_KID", kid.toUuid().toString());
            xml.writeEndDocument();
        });
    }

    /** The element with a box, of Widevine or the common system. */
    public static String of(DrmSystem system, PsshBox box) {
        return XmlText.of(xml -> {
            begin(xml, system);
            prefixed(xml, "cenc", CENC, "pssh", box.base64());
            xml.writeEndElement();
        });
    }

    /** The element of PlayReady. */
    public static String of(PlayReadyHeader header) {
        return XmlText.of(xml -> {
            begin(xml, DrmSystem.PLAYREADY);
            xml.writeAttribute("value", "MSPR 2.0");
            prefixed(xml, "cenc", CENC, "pssh", header.box().base64());
            prefixed(xml, "mspr", MSPR, "pro", header.objectBase64());
            xml.writeEndElement();
        });
    }

    /** The element of Clear Key. */
    public static String clearKey(String licenseUrl) {
        return XmlText.of(xml -> {
            begin(xml, DrmSystem.CLEAR_KEY);
            xml.writeAttribute("value", "ClearKey1.0");
            licenseUrl(xml, licenseUrl);
            xml.writeEndElement();
        });
    }

    /** The content of the element with a box. */
    public static String contentOf(PsshBox box) {
        return XmlText.of(xml -> unprefixed(xml, CENC, "pssh", box.base64()));
    }

    /** The content of the element of PlayReady: two elements, of which the first is the box. */
    public static String contentOf(PlayReadyHeader header) {
        return XmlText.of(xml -> {
            unprefixed(xml, CENC, "pssh", header.box().base64());
            unprefixed(xml, MSPR, "pro", header.objectBase64());
        });
    }

    /** The content of the element of Clear Key. */
    public static String contentOfClearKey(String licenseUrl) {
        return XmlText.of(xml -> licenseUrl(xml, licenseUrl));
    }

    private static void begin(XMLStreamWriter xml, DrmSystem system) throws XMLStreamException {
        xml.writeStartElement(ELEMENT);
        xml.writeAttribute("schemeIdUri", "urn:uuid:" + system.id());
    }

    private static void licenseUrl(XMLStreamWriter xml, String url) throws XMLStreamException {
        xml.writeStartElement("dashif", "laurl", DASHIF);
        xml.writeNamespace("dashif", DASHIF);
        xml.writeCharacters(url);
        xml.writeEndElement();
    }

    private static void prefixed(XMLStreamWriter xml, String prefix, String namespace, String name, String text)
            throws XMLStreamException {
        xml.writeStartElement(prefix, name, namespace);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void unprefixed(XMLStreamWriter xml, String namespace, String name, String text)
            throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeDefaultNamespace(namespace);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
