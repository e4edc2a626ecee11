package io.playgrant.packager.cpix;

import static io.playgrant.TestSecrets.secret;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.RepeatableRandom;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpixWriterTest {

    private static final String KID = "00112233-4455-6677-8899-aabbccddeeff";
    private static final String ENCRYPTED = "cpix-2.3-encrypted";

    @ParameterizedTest
    @ValueSource(strings = {"speke-2.0", "speke-2.1", ENCRYPTED})
    void canonicalForm_isThatOfTheVectors(String name) throws Exception {
        assertThat(Canonical.sha256(CpixVectors.answer(name))).isEqualTo(sha256(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"speke-2.0", "speke-2.1"})
    void answer_isThatOfTheVectors(String name) throws Exception {
        byte[] answer = CpixWriter.answer(CpixVectors.read(name), CpixVectors.keys(name), new RepeatableRandom(1));

        assertThat(new String(Canonical.of(answer), UTF_8))
                .isEqualTo(new String(Canonical.of(CpixVectors.answer(name)), UTF_8));
        assertThat(Canonical.sha256(answer)).isEqualTo(sha256(name));
    }

    @Test
    void encryptedAnswer_isThatOfTheVectors() throws Exception {
        JsonNode vector = CpixVectors.named(ENCRYPTED);
        List<String> draws = new ArrayList<>();
        draws.add(secret(vector.path("documentKey").textValue()));
        draws.add(secret(vector.path("macKey").textValue()));
        draws.add(vector.path("documentKeyOaepSeed").textValue());
        draws.add(vector.path("macKeyOaepSeed").textValue());
        vector.path("contentKeys").forEach(key -> draws.add(key.path("iv").textValue()));
        ScriptedRandom random = new ScriptedRandom(draws);

        byte[] answer = CpixWriter.answer(CpixVectors.read(ENCRYPTED), CpixVectors.keys(ENCRYPTED), random);

        assertThat(random.isUsedUp()).isTrue();
        assertThat(new String(Canonical.of(answer), UTF_8))
                .isEqualTo(new String(Canonical.of(CpixVectors.answer(ENCRYPTED)), UTF_8));
        assertThat(Canonical.sha256(answer)).isEqualTo(sha256(ENCRYPTED));
    }

    /** Elements and attributes of others, comments, and texts that need escaping stay where they were. */
    @Test
    void answer_keepsWhatItDoesNotKnow() {
        String request = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<CPIX xmlns=\"urn:dashif:org:cpix\" xmlns:x=\"urn:x\" contentId=\"a&amp;&lt;b&quot;ü😀\" name=\"n\" x:y=\"z\">"
                + "<!-- a comment --><ContentKeyList id=\"l\"><ContentKey kid=\"" + KID + "\"/></ContentKeyList>"
                + "<x:Other><x:Text>a&amp;b&lt;]]&gt;&#13;\n😀</x:Text> <y xmlns=\"urn:y\"/></x:Other></CPIX>";

        assertThat(answer(request))
                .isEqualTo(request.replace(
                        "<ContentKey kid=\"" + KID + "\"/>",
                        "<ContentKey kid=\"" + KID + "\"><Data><pskc:Secret"
                                + " xmlns:pskc=\"urn:ietf:params:xml:ns:keyprov:pskc\"><pskc:PlainValue>"
                                + "ASNFZ4mrze/+3LqYdlQyEA==</pskc:PlainValue></pskc:Secret></Data></ContentKey>"));
    }

    @Test
    void emptyData_isReplaced() {
        assertThat(answer(plain("<Data><p:Secret xmlns:p=\"urn:ietf:params:xml:ns:keyprov:pskc\"/></Data>", "", "")))
                .containsOnlyOnce("<Data>")
                .contains("<pskc:PlainValue>ASNFZ4mrze/+3LqYdlQyEA==</pskc:PlainValue>");
    }

    @ParameterizedTest
    @CsvSource({
        // Apple defines no box for FairPlay.
        "94ce86fb-07ff-4f43-adb8-93d2fa968ca2, cbcs, <PSSH/>",
        "94ce86fb-07ff-4f43-adb8-93d2fa968ca2, cbcs, <ContentProtectionData/>",
        // HLS has no such scheme.
        "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed, cens, <HLSSignalingData/>",
        "9a04f079-9840-4286-ab92-e65be0885f95, cbc1, <HLSSignalingData/>",
        "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed, cenc, <SmoothStreamingProtectionHeaderData/>",
        "e2719d58-a985-b3c9-781a-b030af78d30e, cenc, <HLSSignalingData/>",
        "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed, cenc, <URIExtXKey/>",
        "80a6be7e-1448-4c37-9e70-d5aebe04c8d2, cenc, <PSSH/>",
        // Filled by the client.
        "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed, cenc, <PSSH>AAAA</PSSH>"
    })
    void elementThatTheSystemHasNot_staysAsItWas(String systemId, String scheme, String child) {
        assertThat(answer(plain(
                        "",
                        scheme,
                        "<DRMSystem kid=\"" + KID + "\" systemId=\"" + systemId + "\">" + child + "</DRMSystem>")))
                .contains("systemId=\"" + systemId + "\">" + child + "</DRMSystem>");
    }

    @ParameterizedTest
    @CsvSource({
        "1077efec-c0b2-4d02-ace3-3c1e52e2fb4b, 0000003470737368010000001077efecc0b24d02ace33c1e52e2fb4b0000000100112233445566778899aabbccddeeff00000000",
        "e2719d58-a985-b3c9-781a-b030af78d30e, 000000347073736801000000e2719d58a985b3c9781ab030af78d30e0000000100112233445566778899aabbccddeeff00000000",
    })
    void boxOfClearKey_namesTheKey(String systemId, String box) {
        String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(box));
        String content = "<pssh xmlns=\"urn:mpeg:cenc:2013\">" + base64 + "</pssh>";

        assertThat(answer(plain(
                        "",
                        "cenc",
                        "<DRMSystem kid=\"" + KID + "\" systemId=\"" + systemId
                                + "\"><PSSH/><ContentProtectionData/></DRMSystem>")))
                .contains("<PSSH>" + base64 + "</PSSH>")
                .contains(Base64.getEncoder().encodeToString(content.getBytes(UTF_8)));
    }

    @Test
    void uriOfFairPlay_hasTheExplicitIv() {
        String answer = answer(plain(
                "",
                "cbcs\" explicitIV=\"AAECAwQFBgcICQoLDA0ODw==",
                "<DRMSystem kid=\"" + KID
                        + "\" systemId=\"94ce86fb-07ff-4f43-adb8-93d2fa968ca2\"><HLSSignalingData/></DRMSystem>"));

        String line = "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://00112233-4455-6677-8899-aabbccddeeff"
                + ":000102030405060708090a0b0c0d0e0f\",KEYFORMAT=\"com.apple.streamingkeydelivery\",KEYFORMATVERSIONS=\"1\"";
        assertThat(answer).contains(Base64.getEncoder().encodeToString(line.getBytes(UTF_8)));
    }

    @Test
    void sameRequest_hasTheSameAnswer() {
        String request = plain("", "cenc", "");

        assertThat(answer(request)).isEqualTo(answer(request));
    }

    @Test
    void missingKey_isAnErrorOfTheCaller() {
        CpixRequest request = CpixVectors.read("speke-2.0");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpixWriter.answer(request, Map.of(), new RepeatableRandom(1)))
                .withMessage("no key for 9f4a1b3c5d6e4f708192a3b4c5d6e7f8");
    }

    @Test
    void texts_doNotShowKeys() {
        XmlElement answer = XmlParser.parse(answer(plain("", "cenc", "")).getBytes(UTF_8));
        XmlNode.Text text = new XmlNode.Text(secret("ASNFZ4mrze/+3LqYdlQyEA=="));

        assertThat(answer).hasToString("CPIX");
        assertThat(text).hasToString("text");
        assertThat(CpixVectors.read(ENCRYPTED)).hasToString("CpixRequest[contentId=film-2, keys=2, recipients=1]");
    }

    private static String plain(String data, String scheme, String drmSystem) {
        return "<CPIX xmlns=\"urn:dashif:org:cpix\" contentId=\"film\"><ContentKeyList><ContentKey kid=\"" + KID
                + "\" commonEncryptionScheme=\"" + scheme + "\">" + data
                + "</ContentKey></ContentKeyList><DRMSystemList>"
                + drmSystem + "</DRMSystemList></CPIX>";
    }

    private static String answer(String request) {
        Map<KeyId, ContentKey> keys =
                Map.of(KeyId.ofHex(KID.replace("-", "")), ContentKey.ofHex(secret("0123456789abcdeffedcba9876543210")));
        return new String(
                CpixWriter.answer(
                        CpixReader.read(request.getBytes(UTF_8), null, CpixVectors.NOW), keys, new RepeatableRandom(1)),
                UTF_8);
    }

    private static String sha256(String name) {
        return CpixVectors.named(name).path("answerC14nSha256").textValue();
    }
}
