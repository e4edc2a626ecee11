package io.playgrant.packager.cpix;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Someone to whom the keys of an answer are encrypted: the RSA key of a certificate in {@code DeliveryData}. */
record Recipient(RSAPublicKey key) {

    private static final int SHORTEST_KEY = 2048;

    /** Longer keys only cost time. */
    private static final int LONGEST_KEY = 8192;

    private static final int LONGEST_EXPONENT = 64;
    private static final int MOST_RECIPIENTS = 16;

    /** The recipients of a document, in its order; none if the keys are wanted in clear. */
    static List<Recipient> read(XmlElement root, Instant now) {
        List<Recipient> recipients = new ArrayList<>();
        for (XmlElement list : root.all("DeliveryDataList")) {
            for (XmlElement data : list.all("DeliveryData")) {
                if (recipients.size() == MOST_RECIPIENTS) {
                    throw CpixException.of("The document has more than " + MOST_RECIPIENTS + " DeliveryData");
                }
                recipients.add(of(data, now));
            }
            if (recipients.isEmpty()) {
                throw CpixException.of("DeliveryDataList is empty");
            }
        }
        return List.copyOf(recipients);
    }

    /** The recipient of one {@code DeliveryData}. */
    private static Recipient of(XmlElement data, Instant now) {
        for (String ofAnswers : List.of("DocumentKey", "MACMethod")) {
            if (!data.all(ofAnswers).stream().allMatch(XmlElement::isEmpty)) {
                throw CpixException.of("DeliveryData/" + ofAnswers + " must be empty in a request");
            }
        }
        List<XmlElement> certificates = data.all("DeliveryKey").stream()
                .flatMap(key -> key.all(Namespace.SIGNATURE, "X509Data").stream())
                .flatMap(x509 -> x509.all(Namespace.SIGNATURE, "X509Certificate").stream())
                .toList();
        if (data.all("DeliveryKey").size() != 1 || certificates.size() != 1) {
            throw CpixException.of("DeliveryData must have one DeliveryKey with one X509Certificate");
        }
        return new Recipient(key(certificate(certificates.get(0)), now));
    }

    private static X509Certificate certificate(XmlElement element) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(element.text());
            if (CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der))
                    instanceof X509Certificate certificate) {
                return certificate;
            }
        } catch (CertificateException | IllegalArgumentException e) {
            // Refused below. The message may quote the document.
        }
        throw CpixException.of("X509Certificate is not an X.509 certificate in base64");
    }

    private static RSAPublicKey key(X509Certificate certificate, Instant now) {
        if (now.isAfter(certificate.getNotAfter().toInstant())
                || now.isBefore(certificate.getNotBefore().toInstant())) {
            throw CpixException.of("X509Certificate has expired or is not valid yet");
        }
        if (!(certificate.getPublicKey() instanceof RSAPublicKey key)) {
            throw CpixException.of("X509Certificate has no RSA key");
        }
        int bits = key.getModulus().bitLength();
        if (bits < SHORTEST_KEY || bits > LONGEST_KEY || key.getPublicExponent().bitLength() > LONGEST_EXPONENT) {
            throw CpixException.of(
                    "X509Certificate must have an RSA key of " + SHORTEST_KEY + " to " + LONGEST_KEY + " bits");
        }
        return key;
    }
}
