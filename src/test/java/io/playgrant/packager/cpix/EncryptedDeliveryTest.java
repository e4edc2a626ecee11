package io.playgrant.packager.cpix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.tls.TestCertificate;
import java.io.StringReader;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.Test;

/** Opens encrypted answers as their recipients do. */
class EncryptedDeliveryTest {

    private static final String VECTOR = "cpix-2.3-encrypted";
    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);

    @Test
    void recipient_opensTheVector() throws Exception {
        assertThat(open(CpixVectors.answer(VECTOR), 0, vectorKey())).isEqualTo(CpixVectors.keys(VECTOR));
    }

    @Test
    void recipient_opensTheAnswer() throws Exception {
        byte[] answer = CpixWriter.answer(CpixVectors.read(VECTOR), CpixVectors.keys(VECTOR), new SecureRandom());

        assertThat(open(answer, 0, vectorKey())).isEqualTo(CpixVectors.keys(VECTOR));
    }

    @Test
    void eachRecipient_opensTheAnswer() throws Exception {
        TestCertificate other =
                TestCertificate.create("RSA", CpixVectors.NOW.minus(Duration.ofDays(1)), Duration.ofDays(2));
        String certificate =
                Base64.getEncoder().encodeToString(other.certificate().getEncoded());
        String document = new String(CpixVectors.request(VECTOR), UTF_8)
                .replace(
                        "</cpix:DeliveryDataList>",
                        "<cpix:DeliveryData id=\"second\"><cpix:DeliveryKey><ds:X509Data><ds:X509Certificate>\n"
                                + certificate + "\n</ds:X509Certificate></ds:X509Data></cpix:DeliveryKey>"
                                + "<cpix:DocumentKey/><cpix:MACMethod/><cpix:Description>me</cpix:Description>"
                                + "</cpix:DeliveryData></cpix:DeliveryDataList>");

        byte[] answer = CpixWriter.answer(
                CpixReader.read(document.getBytes(UTF_8), null, CpixVectors.NOW),
                CpixVectors.keys(VECTOR),
                new SecureRandom());

        assertThat(open(answer, 0, vectorKey())).isEqualTo(CpixVectors.keys(VECTOR));
        assertThat(open(answer, 1, other.keys().getPrivate())).isEqualTo(CpixVectors.keys(VECTOR));
        assertThat(deliveryData(answer).get(1).elements().map(XmlElement::localName))
                .containsExactly("DeliveryKey", "DocumentKey", "MACMethod", "Description");
        assertThat(new HashSet<>(cipherValues(answer))).hasSize(6);
    }

    @Test
    void secondAnswer_sharesNoCipherValueWithTheFirst() {
        Set<String> values = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            values.addAll(cipherValues(
                    CpixWriter.answer(CpixVectors.read(VECTOR), CpixVectors.keys(VECTOR), new SecureRandom())));
        }

        assertThat(values).hasSize(8);
    }

    @Test
    void encryptedAnswer_hasNoKeyInClear() {
        byte[] answer = CpixWriter.answer(CpixVectors.read(VECTOR), CpixVectors.keys(VECTOR), new SecureRandom());

        assertThat(new String(answer, UTF_8)).doesNotContain("PlainValue");
        CpixVectors.keys(VECTOR)
                .values()
                .forEach(key -> assertThat(new String(answer, UTF_8))
                        .doesNotContain(Base64.getEncoder().encodeToString(key.toByteArray())));
    }

    private static PrivateKey vectorKey() throws Exception {
        try (PemReader pem =
                new PemReader(new StringReader(new String(CpixVectors.file("cpix-encryptor-key.pem"), UTF_8)))) {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(pem.readPemObject().getContent()));
        }
    }

    private static Map<KeyId, ContentKey> open(byte[] answer, int recipient, PrivateKey key) throws Exception {
        XmlElement data = deliveryData(answer).get(recipient);
        XmlElement documentKey = data.all("DocumentKey").get(0);
        byte[] aesKey = rsa(key, inner(documentKey, "Data", "Secret", "EncryptedValue", "CipherData", "CipherValue"));
        byte[] macKey = rsa(key, inner(data, "MACMethod", "MACKey", "CipherData", "CipherValue"));
        Map<KeyId, ContentKey> keys = new LinkedHashMap<>();
        for (XmlElement contentKey :
                inner(XmlParser.parse(answer), "ContentKeyList").all("ContentKey")) {
            XmlElement secret = inner(contentKey, "Data", "Secret");
            byte[] encrypted = Base64.getDecoder()
                    .decode(inner(secret, "EncryptedValue", "CipherData", "CipherValue")
                            .text());
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(macKey, "HmacSHA512"));
            assertThat(Base64.getDecoder().decode(inner(secret, "ValueMAC").text()))
                    .isEqualTo(mac.doFinal(encrypted));
            Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
            aes.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(aesKey, "AES"),
                    new IvParameterSpec(Arrays.copyOf(encrypted, 16)));
            keys.put(
                    Uuids.kid(contentKey),
                    ContentKey.of(aes.doFinal(Arrays.copyOfRange(encrypted, 16, encrypted.length))));
        }
        return keys;
    }

    private static byte[] rsa(PrivateKey key, XmlElement cipherValue) throws Exception {
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        rsa.init(Cipher.DECRYPT_MODE, key, OAEP);
        return rsa.doFinal(Base64.getDecoder().decode(cipherValue.text()));
    }

    private static List<XmlElement> deliveryData(byte[] answer) {
        return inner(XmlParser.parse(answer), "DeliveryDataList").all("DeliveryData");
    }

    private static XmlElement inner(XmlElement element, String... path) {
        XmlElement found = element;
        for (String name : path) {
            found = found.elements()
                    .filter(each -> each.localName().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
        return found;
    }

    private static List<String> cipherValues(byte[] answer) {
        List<String> values = new ArrayList<>();
        collect(XmlParser.parse(answer), values);
        return values;
    }

    private static void collect(XmlElement element, List<String> values) {
        if (element.is(Namespace.ENCRYPTION, "CipherValue")) {
            values.add(element.text());
        }
        element.elements().forEach(each -> collect(each, values));
    }
}
