package io.playgrant.license.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.playgrant.contentkey.SigningSecret;
import io.playgrant.license.cloud.CloudProvider.Padding;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CloudSignatureTest {

    /** The expected values in this file were made by OpenSSL; the file says how. */
    private static final String VECTORS = "/protocol/widevine-signatures.csv";

    /** A vector: the message, and its signature with each padding. */
    record Vector(String message, String zero, String pkcs7) {}

    static Stream<Vector> vectors() throws IOException {
        try (InputStream in = Objects.requireNonNull(CloudSignatureTest.class.getResourceAsStream(VECTORS))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .skip(1)
                            .map(line -> line.split("\\|", -1))
                            .map(cells -> new Vector(cells[0], cells[1], cells[2]))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("vectors")
    void signature_isThatOfOpenSsl(Vector vector) {
        byte[] message = vector.message().getBytes(StandardCharsets.UTF_8);

        assertThat(base64(CloudSignature.of(message, SampleProvider.with(Padding.ZERO))))
                .isEqualTo(vector.zero());
        assertThat(base64(CloudSignature.of(message, SampleProvider.with(Padding.PKCS7))))
                .isEqualTo(vector.pkcs7());
    }

    /** The digest and the signature of the sample request in Google's public documentation of its licence service. */
    @Test
    void signature_isThatOfTheDocumentedSample() {
        byte[] digest = HexFormat.of().parseHex("c6ee6d37a94af8413030603dd2d4dbb0fe6ea4d6");

        assertThat(base64(CloudSignature.ofDigest(digest, SampleProvider.with(Padding.PKCS7))))
                .isEqualTo("xPkAbb3tjOY/ybdz0tmJMq9erH9ILnS5natMZr3QEW8=");
    }

    @Test
    void secretsOfAnotherLength_areRefused_withoutBeingQuoted() {
        SigningSecret key = SigningSecret.ofHex(SampleProvider.KEY);
        SigningSecret iv = SigningSecret.ofHex(SampleProvider.IV);
        URI url = URI.create("https://licence.example/");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CloudProvider("p", url, iv, iv, Padding.ZERO))
                .withMessage("the key has 32 bytes, not 16");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CloudProvider("p", url, key, key, Padding.ZERO))
                .withMessage("the iv has 16 bytes, not 32");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningSecret.ofHex("1ae8x"))
                .withMessage("not hexadecimal at position 4");
    }

    @Test
    void provider_showsNoSecret() {
        assertThat(SampleProvider.with(Padding.PKCS7))
                .hasToString(
                        "CloudProvider[name=widevine_test, url=https://license.uat.widevine.com/cenc/getlicense/widevine_test,"
                                + " key=***, iv=***, padding=PKCS7]");
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
