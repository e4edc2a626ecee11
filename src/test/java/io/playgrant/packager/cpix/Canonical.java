package io.playgrant.packager.cpix;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.xml.XMLConstants;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.TransformService;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

/** The form in which documents are compared: without white space between elements, Canonical XML 1.0. */
final class Canonical {

    private Canonical() {}

    static byte[] of(byte[] document) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        Document parsed = factory.newDocumentBuilder().parse(new ByteArrayInputStream(document));
        removeWhiteSpace(parsed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TransformerFactory.newDefaultInstance()
                .newTransformer()
                .transform(new DOMSource(parsed), new StreamResult(out));
        TransformService canonical = TransformService.getInstance(CanonicalizationMethod.INCLUSIVE, "DOM");
        canonical.init((TransformParameterSpec) null);
        OctetStreamData form = (OctetStreamData)
                canonical.transform(new OctetStreamData(new ByteArrayInputStream(out.toByteArray())), null);
        return form.getOctetStream().readAllBytes();
    }

    static String sha256(byte[] document) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(of(document)));
    }

    private static void removeWhiteSpace(Node node) {
        boolean hasElements = false;
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            hasElements |= child.getNodeType() == Node.ELEMENT_NODE;
        }
        Node next;
        for (Node child = node.getFirstChild(); child != null; child = next) {
            next = child.getNextSibling();
            if (child.getNodeType() == Node.TEXT_NODE
                    && hasElements
                    && child.getTextContent().isBlank()) {
                node.removeChild(child);
            } else {
                removeWhiteSpace(child);
            }
        }
    }
}
