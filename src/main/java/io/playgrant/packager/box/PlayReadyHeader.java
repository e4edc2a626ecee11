package io.playgrant.packager.box;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * A header of PlayReady, and the object that contains it. PlayReady demands attributes in alphabetical order and an end tag for each
 * element.
 */
public final class PlayReadyHeader {

    private static final String NAMESPACE = "http://schemas.microsoft.com/DRM/2007/03/PlayReadyHeader";
    private static final int CHECKSUM_LENGTH = 8;

    private final String xml;
    private final byte[] object;

    private PlayReadyHeader(String xml) {
        this.xml = xml;
        this.object = PlayReadyObject.bytes(xml);
    }

    /** The versions that are written. */
    public enum Version {
        /** One key, with AES-CTR. Every player reads it. */
        V4_0("4.0.0.0"),
        /** Several keys, with AES-CTR. */
        V4_2("4.2.0.0"),
        /** Several keys, with AES-CTR or AES-CBC. */
        V4_3("4.3.0.0");

        private final String number;

        Version(String number) {
            this.number = number;
        }

        /** The oldest version that can name so many keys of a scheme: older players read it too. */
        public static Version oldestFor(ProtectionScheme scheme, int keys) {
            if (!scheme.isCounterMode()) {
                return V4_3;
            }
            return keys == 1 ? V4_0 : V4_2;
        }
    }

    /**
     * A key that a header names.
     *
     * @param key the key, from which a checksum is made, or null
     */
    public record Key(KeyId kid, @Nullable ContentKey key) {}

    /**
     * A header of the oldest version that can name the keys.
     *
     * @param licenseUrl where players get licences, or null
     * @throws BoxException if the object would be too long
     */
    public static PlayReadyHeader of(ProtectionScheme scheme, List<Key> keys, @Nullable String licenseUrl) {
        return of(Version.oldestFor(scheme, keys.size()), scheme, keys, licenseUrl);
    }

    /**
     * A header of some version.
     *
     * @param licenseUrl where players get licences, or null
     * @throws BoxException if the object would be too long
     * @throws IllegalArgumentException if the version cannot name these keys
     */
    public static PlayReadyHeader of(
            Version version, ProtectionScheme scheme, List<Key> keys, @Nullable String licenseUrl) {
        if (keys.isEmpty() || version.compareTo(Version.oldestFor(scheme, keys.size())) < 0) {
            throw new IllegalArgumentException(version + " cannot name " + keys.size() + " keys of " + scheme);
        }
        return new PlayReadyHeader(XmlText.of(xml -> {
            xml.writeStartElement("WRMHEADER");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeAttribute("version", version.number);
            xml.writeStartElement("DATA");
            if (version == Version.V4_0) {
                writeOne(xml, keys.get(0));
            } else {
                writeAll(xml, scheme, keys);
            }
            if (licenseUrl != null) {
                XmlText.element(xml, "LA_URL", licenseUrl);
            }
            xml.writeEndElement();
            xml.writeEndElement();
        }));
    }

    private static void writeOne(XMLStreamWriter xml, Key key) throws XMLStreamException {
        xml.writeStartElement("PROTECTINFO");
        XmlText.element(xml, "KEYLEN", String.valueOf(ContentKey.LENGTH));
        XmlText.element(xml, "ALGID", "AESCTR");
        xml.writeEndElement();
        XmlText.element(xml, "KID", base64(PlayReadyObject.swapped(key.kid())));
        if (key.key() != null) {
            XmlText.element(xml, "CHECKSUM", checksum(key.kid(), key.key()));
        }
    }

    private static void writeAll(XMLStreamWriter xml, ProtectionScheme scheme, List<Key> keys)
            throws XMLStreamException {
        xml.writeStartElement("PROTECTINFO");
        xml.writeStartElement("KIDS");
        for (Key key : keys) {
            xml.writeStartElement("KID");
            xml.writeAttribute("ALGID", scheme.isCounterMode() ? "AESCTR" : "AESCBC");
            // A checksum is defined for AES-CTR only.
            if (key.key() != null && scheme.isCounterMode()) {
                xml.writeAttribute("CHECKSUM", checksum(key.kid(), key.key()));
            }
            xml.writeAttribute("VALUE", base64(PlayReadyObject.swapped(key.kid())));
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    /** The beginning of the key id, encrypted with the key: it shows whether a licence brought the right key. */
    private static String checksum(KeyId kid, ContentKey key) {
        byte[] bytes = key.toByteArray();
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(bytes, "AES"));
            return base64(Arrays.copyOf(cipher.doFinal(PlayReadyObject.swapped(kid)), CHECKSUM_LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The header. */
    public String xml() {
        return xml;
    }

    /** A copy of the object that contains the header. */
    public byte[] object() {
        return object.clone();
    }

    /** The object in base64. */
    public String objectBase64() {
        return base64(object);
    }

    /** The box around the object, of version 0. */
    public PsshBox box() {
        return PsshBox.of(DrmSystem.PLAYREADY, object());
    }
}
