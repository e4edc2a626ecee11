package io.playgrant.packager.cpix;

import static io.playgrant.packager.cpix.Namespace.CPIX;
import static io.playgrant.packager.cpix.Namespace.ENCRYPTION;
import static io.playgrant.packager.cpix.Namespace.PSKC;

import io.playgrant.contentkey.ContentKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts the content keys of one answer into their elements: in clear, or encrypted to the recipients. */
final class DeliveredKeys implements AutoCloseable {

    private static final String RSA_OAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
    private static final String AES_256_CBC = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
    private static final String HMAC_SHA_512 = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha512";

    private final @Nullable EncryptedDelivery encryption;

    private DeliveredKeys(@Nullable EncryptedDelivery encryption) {
        this.encryption = encryption;
    }

    /** The keys in clear. */
    static DeliveredKeys inClear() {
        return new DeliveredKeys(null);
    }

    /** The keys encrypted with a document key, which is drawn now. */
    static DeliveredKeys encrypted(SecureRandom random) {
        return new DeliveredKeys(new EncryptedDelivery(random));
    }

    /** A {@code DeliveryData} with the document key and the key of the MACs, encrypted to its recipient. */
    XmlElement fill(XmlElement deliveryData, Recipient recipient) {
        if (encryption == null) {
            return deliveryData;
        }
        XmlElement documentKey = withSecret(
                deliveryData.inner(CPIX, "DocumentKey"),
                secret -> secret.append(
                        PSKC,
                        "EncryptedValue",
                        value -> encrypted(value, RSA_OAEP, encryption.documentKeyTo(recipient))));
        XmlElement macMethod = deliveryData
                .inner(CPIX, "MACMethod")
                .with("Algorithm", HMAC_SHA_512)
                .append(PSKC, "MACKey", macKey -> encrypted(macKey, RSA_OAEP, encryption.macKeyTo(recipient)));
        return deliveryData.replaceEach(element -> {
            if (element.is(CPIX, "DeliveryKey")) {
                return List.of(element, documentKey, macMethod);
            }
            boolean isReplaced = element.is(CPIX, "DocumentKey") || element.is(CPIX, "MACMethod");
            return isReplaced ? List.of() : List.of(element);
        });
    }

    /** A {@code ContentKey} with its key. */
    XmlElement fill(XmlElement contentKey, ContentKey key) {
        XmlElement withoutData =
                contentKey.replaceEach(element -> element.is(CPIX, "Data") ? List.of() : List.of(element));
        return withSecret(
                withoutData, secret -> encryption == null ? plain(secret, key) : encrypted(secret, encryption, key));
    }

    private static XmlElement withSecret(XmlElement element, UnaryOperator<XmlElement> completion) {
        return element.append(CPIX, "Data", data -> data.append(PSKC, "Secret", completion));
    }

    private static XmlElement plain(XmlElement secret, ContentKey key) {
        byte[] bytes = key.toByteArray();
        try {
            return secret.append(PSKC, "PlainValue", value -> value.withText(base64(bytes)));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static XmlElement encrypted(XmlElement secret, EncryptedDelivery encryption, ContentKey key) {
        byte[] encrypted = encryption.encrypt(key);
        return secret.append(PSKC, "EncryptedValue", value -> encrypted(value, AES_256_CBC, base64(encrypted)))
                .append(PSKC, "ValueMAC", mac -> mac.withText(base64(encryption.mac(encrypted))));
    }

    private static XmlElement encrypted(XmlElement element, String algorithm, String base64) {
        return element.append(ENCRYPTION, "EncryptionMethod", method -> method.with("Algorithm", algorithm))
                .append(
                        ENCRYPTION,
                        "CipherData",
                        data -> data.append(ENCRYPTION, "CipherValue", value -> value.withText(base64)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Overwrites the document key and the key of the MACs. */
    @Override
    public void close() {
        if (encryption != null) {
            encryption.wipe();
        }
    }
}
