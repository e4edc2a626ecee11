package io.playgrant.packager.cpix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.box.ProtectionScheme;
import io.playgrant.tls.TestCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpixReaderTest {

    private static final String ENCRYPTED = "cpix-2.3-encrypted";
    private static final String PLAIN_KID = "9f4a1b3c-5d6e-4f70-8192-a3b4c5d6e7f8";

    @Test
    void speke20_namesKeysWithTypeAndPeriod() {
        CpixRequest request = CpixVectors.read("speke-2.0");

        assertThat(request.contentId()).isEqualTo("live-7");
        assertThat(request.speke()).contains(SpekeVersion.V2_0);
        assertThat(request.isEncrypted()).isFalse();
        assertThat(request.keys())
                .containsExactly(
                        new RequestedKey(
                                KeyId.ofHex("9f4a1b3c5d6e4f708192a3b4c5d6e7f8"),
                                ProtectionScheme.CBCS,
                                Optional.empty(),
                                "VIDEO",
                                OptionalLong.of(42)),
                        new RequestedKey(
                                KeyId.ofHex("0a1b2c3d4e5f406192738495a6b7c8d9"),
                                ProtectionScheme.CBCS,
                                Optional.empty(),
                                "AUDIO",
                                OptionalLong.of(42)));
    }

    @Test
    void keysOfSeveralPeriods_haveNone() {
        assertThat(CpixVectors.read("speke-2.1").keys())
                .extracting(key -> key.type() + " " + key.period())
                .containsExactly("SD OptionalLong.empty", "HD OptionalLong.empty", "AUDIO OptionalLong.empty");
    }

    @Test
    void encryptedRequest_namesItsRecipient() {
        CpixRequest request = CpixVectors.read(ENCRYPTED);

        assertThat(request.speke()).isEmpty();
        assertThat(request.isEncrypted()).isTrue();
        assertThat(request.recipients()).hasSize(1);
    }

    @Test
    void severalRulesOfOneKey_joinTheirTypes() {
        String document = changed("speke-2.0", "intendedTrackType=\"AUDIO\"", "intendedTrackType=\"HD1\"")
                .replace("kid=\"0a1b2c3d-4e5f-4061-9273-8495a6b7c8d9\" intended", "kid=\"" + PLAIN_KID + "\" intended");

        CpixRequest request = CpixReader.read(document.getBytes(UTF_8), SpekeVersion.V2_0, CpixVectors.NOW);

        assertThat(request.keys()).extracting(RequestedKey::type).containsExactly("VIDEO+HD1", "");
    }

    @Test
    void trackTypeAll_mayStandAlone() {
        String document = new String(CpixVectors.request("speke-2.0"), UTF_8)
                .replaceAll("intendedTrackType=\"[A-Z]+\"", "intendedTrackType=\"ALL\"");

        CpixRequest request = CpixReader.read(document.getBytes(UTF_8), SpekeVersion.V2_0, CpixVectors.NOW);

        assertThat(request.keys()).extracting(RequestedKey::type).containsExactly("ALL", "ALL");
    }

    @Test
    void spekeWithoutRules_isRefused() {
        String document = new String(CpixVectors.request("speke-2.0"), UTF_8)
                .replaceAll("(?s)<cpix:ContentKeyUsageRule .*</cpix:ContentKeyUsageRule>", "");

        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> CpixReader.read(document.getBytes(UTF_8), SpekeVersion.V2_0, CpixVectors.NOW))
                .withMessage("Missing CPIX encryption contract");
    }

    @Test
    void explicitIv_isReadAsHexadecimalDigits() {
        String document = changed(
                "speke-2.0",
                "commonEncryptionScheme=\"cbcs\"/>",
                "commonEncryptionScheme=\"cbcs\" explicitIV=\"AAECAwQFBgcICQoLDA0ODw==\"/>");

        CpixRequest request = CpixReader.read(document.getBytes(UTF_8), SpekeVersion.V2_0, CpixVectors.NOW);

        assertThat(request.keys().get(0).explicitIv()).contains("000102030405060708090a0b0c0d0e0f");
    }

    /** Neither a version, schemes, systems nor rules. */
    @Test
    void plainCpix_needsOnlyContentAndKids() {
        CpixRequest request = readPlain("<CPIX xmlns='urn:dashif:org:cpix' contentId='film'><ContentKeyList>"
                + "<ContentKey kid='" + PLAIN_KID + "'/></ContentKeyList></CPIX>");

        assertThat(request.keys())
                .containsExactly(new RequestedKey(
                        KeyId.ofHex(PLAIN_KID.replace("-", "")),
                        ProtectionScheme.CENC,
                        Optional.empty(),
                        "",
                        OptionalLong.empty()));
    }

    @Test
    void plainCpixForFairPlayWithoutScheme_isCbcs() {
        CpixRequest request = readPlain("<CPIX xmlns='urn:dashif:org:cpix' contentId='film'><ContentKeyList>"
                + "<ContentKey kid='" + PLAIN_KID + "'/></ContentKeyList><DRMSystemList><DRMSystem kid='" + PLAIN_KID
                + "' systemId='94CE86FB-07FF-4F43-ADB8-93D2FA968CA2'/></DRMSystemList></CPIX>");

        assertThat(request.keys()).extracting(RequestedKey::scheme).containsExactly(ProtectionScheme.CBCS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version='2.4'",
                "version='2.3'",
                "id='x' name='y'",
            })
    void plainCpix_mayHaveWhatSpekeHasNot(String attributes) {
        CpixRequest request = readPlain("<CPIX xmlns='urn:dashif:org:cpix' contentId='film' " + attributes + ">"
                + "<ContentKeyList><ContentKey kid='" + PLAIN_KID + "' dependsOnKey='" + PLAIN_KID
                + "'/></ContentKeyList>"
                + "<DRMSystemList><DRMSystem kid='" + PLAIN_KID + "' systemId='80a6be7e-1448-4c37-9e70-d5aebe04c8d2'>"
                + "<PSSH/><HLSSignalingData/><HLSSignalingData playlist='master'/></DRMSystem></DRMSystemList>"
                + "<ContentKeyUsageRuleList><ContentKeyUsageRule kid='" + PLAIN_KID + "'><BitrateFilter/>"
                + "</ContentKeyUsageRule></ContentKeyUsageRuleList><UpdateHistoryItemList/></CPIX>");

        assertThat(request.keys()).hasSize(1);
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "/protocol/refused-cpix.csv",
            delimiter = '|',
            quoteCharacter = '`',
            useHeadersInDisplayName = true)
    void badDocument_isRefused(
            String vector, String which, String find, @Nullable String replacement, int status, String message) {
        String document = new String(CpixVectors.request(vector), UTF_8);
        assertThat(document).contains(find);
        String by = replacement == null ? "" : replacement;
        String changed = which.equals("all") ? document.replace(find, by) : changed(vector, find, by);

        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> CpixReader.read(changed.getBytes(UTF_8), CpixVectors.speke(vector), CpixVectors.NOW))
                .withMessage(message)
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "2.2", "3.0", "", "2", "2.00"})
    void otherVersionOfSpeke_isRefused(String header) {
        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> SpekeVersion.of(header))
                .withMessage("Unsupported SPEKE version")
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(422));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-12-31T23:59:59Z", "2056-01-01T00:00:01Z"})
    void certificateOutsideItsTime_isRefused(String now) {
        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> CpixReader.read(CpixVectors.request(ENCRYPTED), null, Instant.parse(now)))
                .withMessage("X509Certificate has expired or is not valid yet");
    }

    @Test
    void weakCertificate_isRefused() {
        String weak = new String(CpixVectors.file("cpix-weak-cert.pem"), UTF_8).replaceAll("-----[A-Z ]+-----", "");

        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> CpixReader.read(withCertificate(weak), null, CpixVectors.NOW))
                .withMessage("X509Certificate must have an RSA key of 2048 to 8192 bits");
    }

    @Test
    void certificateWithoutRsaKey_isRefused() throws Exception {
        TestCertificate elliptic =
                TestCertificate.create("EC", CpixVectors.NOW.minus(Duration.ofDays(1)), Duration.ofDays(2));
        String base64 =
                Base64.getMimeEncoder().encodeToString(elliptic.certificate().getEncoded());

        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> CpixReader.read(withCertificate(base64), null, CpixVectors.NOW))
                .withMessage("X509Certificate has no RSA key");
    }

    @Test
    void hundredKeys_areRead() {
        assertThat(readPlain(withKeys(100)).keys()).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 1_000})
    void moreKeys_areRefused(int count) {
        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> readPlain(withKeys(count)))
                .withMessage("The document has more than 100 ContentKey");
    }

    @Test
    void moreThan16Recipients_areRefused() {
        String document = new String(CpixVectors.request(ENCRYPTED), UTF_8);
        String data = document.substring(
                document.indexOf("<cpix:DeliveryData id"), document.indexOf("</cpix:DeliveryDataList>"));

        assertThat(readPlain(document.replace(data, data.repeat(16))).recipients())
                .hasSize(16);
        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> readPlain(document.replace(data, data.repeat(17))))
                .withMessage("The document has more than 16 DeliveryData");
    }

    @Test
    void contentIdOf1024Characters_isTheLongest() {
        assertThat(readPlain(withKeys(1).replace("'film'", "'" + "f".repeat(1024) + "'"))
                        .contentId())
                .hasSize(1024);
        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> readPlain(withKeys(1).replace("'film'", "'" + "f".repeat(1025) + "'")))
                .withMessage("CPIX@contentId has more than 1024 characters");
    }

    private static CpixRequest readPlain(String document) {
        return CpixReader.read(document.getBytes(UTF_8), null, CpixVectors.NOW);
    }

    private static String withKeys(int count) {
        StringBuilder document =
                new StringBuilder("<CPIX xmlns='urn:dashif:org:cpix' contentId='film'><ContentKeyList>");
        for (int i = 0; i < count; i++) {
            document.append(String.format("<ContentKey kid='00000000-0000-4000-8000-%012x'/>", i));
        }
        return document.append("</ContentKeyList></CPIX>").toString();
    }

    private static byte[] withCertificate(String base64) {
        String document = new String(CpixVectors.request(ENCRYPTED), UTF_8);
        String given = CpixVectors.named(ENCRYPTED).path("certificateDerBase64").textValue();
        assertThat(document).contains(given);
        return document.replace(given, base64).getBytes(UTF_8);
    }

    private static String changed(String vector, String find, String replacement) {
        String document = new String(CpixVectors.request(vector), UTF_8);
        int at = document.indexOf(find);
        return document.substring(0, at) + replacement + document.substring(at + find.length());
    }
}
