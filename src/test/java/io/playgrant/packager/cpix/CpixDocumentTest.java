package io.playgrant.packager.cpix;

import static io.playgrant.TestSecrets.secret;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.box.DrmSystem;
import io.playgrant.packager.box.ProtectionScheme;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpixDocumentTest {

    private static final KeyId VIDEO = KeyId.ofHex("00112233445566778899aabbccddeeff");
    private static final KeyId AUDIO = KeyId.ofHex("0a1b2c3d4e5f406192738495a6b7c8d9");
    private static final ContentKey KEY = ContentKey.ofHex(secret("0123456789abcdeffedcba9876543210"));

    @Test
    void document_hasKeysSystemsAndRules() {
        String document =
                text(ProtectionScheme.CENC, List.of(DrmSystem.WIDEVINE), key(VIDEO, "SD"), key(AUDIO, "AUDIO"));

        String box =
                "AAAAS3Bzc2gAAAAA7e+LqXnWSs6jyCfc1R0h7QAAACsSEAARIjNEVWZ3iJmqu8zd7v8aCXBsYXlncmFudCIGZmlsbS0xSOPclZsG";
        assertThat(document)
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?><cpix:CPIX xmlns:cpix=\"urn:dashif:org:cpix\""
                        + " xmlns:pskc=\"urn:ietf:params:xml:ns:keyprov:pskc\" contentId=\"film-1\" version=\"2.3\">"
                        + "<cpix:ContentKeyList><cpix:ContentKey kid=\"00112233-4455-6677-8899-aabbccddeeff\""
                        + " commonEncryptionScheme=\"cenc\"><cpix:Data><pskc:Secret><pskc:PlainValue>")
                .contains("<cpix:DRMSystem kid=\"00112233-4455-6677-8899-aabbccddeeff\""
                        + " systemId=\"edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\"><cpix:PSSH>" + box + "</cpix:PSSH>"
                        + "<cpix:ContentProtectionData>")
                .endsWith("<cpix:ContentKeyUsageRuleList>"
                        + "<cpix:ContentKeyUsageRule kid=\"00112233-4455-6677-8899-aabbccddeeff\" intendedTrackType=\"SD\"/>"
                        + "<cpix:ContentKeyUsageRule kid=\"0a1b2c3d-4e5f-4061-9273-8495a6b7c8d9\" intendedTrackType=\"AUDIO\"/>"
                        + "</cpix:ContentKeyUsageRuleList></cpix:CPIX>");
    }

    @ParameterizedTest
    @CsvSource({
        "WIDEVINE, CBCS, PSSH ContentProtectionData HLSSignalingData HLSSignalingData",
        "PLAYREADY, CENC, PSSH ContentProtectionData HLSSignalingData HLSSignalingData SmoothStreamingProtectionHeaderData",
        "PLAYREADY, CBC1, PSSH ContentProtectionData SmoothStreamingProtectionHeaderData",
        "WIDEVINE, CENS, PSSH ContentProtectionData",
        "FAIRPLAY, CBCS, HLSSignalingData HLSSignalingData",
        "COMMON, CENC, PSSH ContentProtectionData",
        "CLEAR_KEY, CENC, PSSH ContentProtectionData"
    })
    void system_hasItsElements(DrmSystem system, ProtectionScheme scheme, String expected) {
        List<XmlElement> children = root(scheme, List.of(system), key(VIDEO, "SD"))
                .all("DRMSystemList")
                .get(0)
                .all("DRMSystem")
                .get(0)
                .elements()
                .toList();

        assertThat(children).extracting(XmlElement::localName).containsExactly(expected.split(" "));
        assertThat(children).noneMatch(XmlElement::isEmpty);
    }

    /** As Shaka Packager's main branch knows them: it refuses other track types. */
    @ParameterizedTest
    @CsvSource({
        "SD, SD",
        "HD1, HD",
        "SD+HD1, SD HD",
        "HD1+HD2, HD",
        "UHD, UHD1",
        "VIDEO, SD HD UHD1 UHD2",
        "ALL, SD HD UHD1 UHD2 AUDIO",
        "STEREO_AUDIO, AUDIO",
        "MULTICHANNEL_AUDIO_3_6, AUDIO",
        "LOW, LOW"
    })
    void trackType_isOneOfShakaPackager(String type, String expected) {
        assertThat(types(key(VIDEO, type))).containsExactly(expected.split(" "));
    }

    @Test
    void typesThatShakaPackagerCannotTellApart_stayAsTheyAre() {
        KeyId untyped = KeyId.ofHex("ffffffffffffffffffffffffffffffff");

        assertThat(types(key(VIDEO, "HD1"), key(untyped, ""), key(AUDIO, "HD2")))
                .containsExactly("HD1", "HD2");
    }

    @Test
    void keyWithoutType_hasNoRule() {
        assertThat(root(ProtectionScheme.CENC, List.of(), key(VIDEO, "")).all("ContentKeyUsageRuleList"))
                .isEmpty();
    }

    @Test
    void keysOfPeriods_haveThemAndFilters() {
        String document = text(
                ProtectionScheme.CENC,
                List.of(),
                new PackagerKey(VIDEO, KEY, "film-1", "SD", OptionalLong.of(7)),
                new PackagerKey(AUDIO, KEY, "film-1", "SD", OptionalLong.of(8)));

        assertThat(document)
                .contains("<cpix:ContentKeyPeriodList><cpix:ContentKeyPeriod id=\"period_7\" index=\"7\"/>"
                        + "<cpix:ContentKeyPeriod id=\"period_8\" index=\"8\"/></cpix:ContentKeyPeriodList>")
                .contains("intendedTrackType=\"SD\"><cpix:KeyPeriodFilter periodId=\"period_8\"/>");
    }

    @Test
    void fairPlayWithCenc_isRefused() {
        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> text(ProtectionScheme.CENC, List.of(DrmSystem.FAIRPLAY), key(VIDEO, "SD")))
                .withMessage("ContentKey@commonEncryptionScheme non compatible with DRMSystem"
                        + " 94ce86fb-07ff-4f43-adb8-93d2fa968ca2");
    }

    @Test
    void noKey_isRefused() {
        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> text(ProtectionScheme.CENC, List.of()))
                .withMessage("Missing ContentKey");
    }

    @Test
    void contentId_isEscaped() {
        byte[] document = CpixDocument.of("a<b>&\"'ü😀", List.of(key(VIDEO, "SD")), ProtectionScheme.CENC, List.of());

        assertThat(XmlParser.parse(document).attribute("contentId")).isEqualTo("a<b>&\"'ü😀");
    }

    private static PackagerKey key(KeyId kid, String type) {
        return new PackagerKey(kid, KEY, "film-1", type, OptionalLong.empty());
    }

    private static Stream<String> types(PackagerKey... keys) {
        return root(ProtectionScheme.CENC, List.of(), keys).all("ContentKeyUsageRuleList").stream()
                .flatMap(XmlElement::elements)
                .map(rule -> rule.attributes().get("intendedTrackType"));
    }

    private static XmlElement root(ProtectionScheme scheme, List<DrmSystem> systems, PackagerKey... keys) {
        return XmlParser.parse(text(scheme, systems, keys).getBytes(UTF_8));
    }

    private static String text(ProtectionScheme scheme, List<DrmSystem> systems, PackagerKey... keys) {
        return new String(CpixDocument.of("film-1", List.of(keys), scheme, systems), UTF_8);
    }
}
