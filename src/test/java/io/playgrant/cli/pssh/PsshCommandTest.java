package io.playgrant.cli.pssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.packager.box.BoxVectors;
import io.playgrant.packager.box.BoxVectors.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PsshCommandTest {

    private static final String KID = "00112233445566778899aabbccddeeff";
    private static final Vector CENC = BoxVectors.all().findFirst().orElseThrow();

    private TestHome home;
    private Path folder;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        folder = path;
        home = TestHome.in(path);
    }

    @Test
    void box_isShownWithAllThatItSays() {
        Run run = home.run("pssh", KID, "--content-id", "film-1");

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("""
                        system         Widevine
                        systemId       edef8ba9-79d6-4ace-a3c8-27dcd51d21ed
                        version        0
                        base64         %s
                        hex            %s
                        dataBase64     EhAAESIzRFVmd4iZqrvM3e7/GglwbGF5Z3JhbnQiBmZpbG0tMUjj3JWbBg==
                        dataKeyIds     00112233445566778899aabbccddeeff
                        provider       playgrant
                        contentId      film-1
                        contentIdHex   66696c6d2d31
                        scheme         cenc
                        """.formatted(
                        CENC.expected("/widevine/boxVersion0Base64").asText(),
                        CENC.expected("/widevine/boxVersion0").asText()));
        assertThat(Files.exists(folder.resolve("data"))).isFalse();
    }

    @Test
    void boxesOfTheVectors_areMade() throws IOException {
        JsonNode several = BoxVectors.read("pssh.json").get("severalKeys");
        String second = several.at("/kids/1").asText();
        String third = several.at("/kids/2").asText();
        JsonNode boxes = home.run(
                        "pssh",
                        "00112233-4455-6677-8899-AABBCCDDEEFF",
                        second,
                        third,
                        "--content-id",
                        "film-1",
                        "--system",
                        "widevine",
                        "--system",
                        "common",
                        "--json")
                .json()
                .get("boxes");

        assertThat(boxes.at("/0/hex")).isEqualTo(several.get("widevineBoxKidsInOrder"));
        assertThat(boxes.at("/1/hex")).isEqualTo(several.get("commonBox"));
        assertThat(boxes.at("/1/keyIds")).isEqualTo(several.get("kids"));
        assertThat(boxes).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"cenc,4.0.0.0", "cens,4.0.0.0", "cbc1,4.3.0.0", "cbcs,4.3.0.0"})
    void playReady_getsAHeaderWithoutChecksum(String scheme, String version) throws IOException {
        JsonNode box = home.run("pssh", KID, "--system", "playready", "--scheme", scheme, "--json")
                .json()
                .at("/boxes/0");

        assertThat(box.get("header").asText())
                .contains("version=\"" + version + "\"")
                .doesNotContain("CHECKSUM");
        assertThat(box.at("/dataKeyIds/0").asText()).isEqualTo(KID);
    }

    @ParameterizedTest
    @MethodSource("io.playgrant.packager.box.BoxVectors#all")
    void boxesOfTheVectors_areExplained(Vector vector) throws IOException {
        String widevine = vector.expected("/widevine/boxVersion1").asText();
        JsonNode box = decode(widevine.toUpperCase(Locale.ROOT));

        assertThat(box.get("system").asText()).isEqualTo("Widevine");
        assertThat(box.get("version").asInt()).isEqualTo(1);
        assertThat(box.at("/keyIds/0").asText()).isEqualTo(vector.kid().toString());
        assertThat(box.at("/dataKeyIds/0").asText()).isEqualTo(vector.kid().toString());
        assertThat(box.get("contentId")).isEqualTo(vector.json().at("/input/contentId"));
        assertThat(box.get("scheme")).isEqualTo(vector.json().at("/input/scheme"));
        assertThat(box.path("cryptoPeriod").asText(""))
                .isEqualTo(
                        vector.json().at("/input/cryptoPeriodIndex").asText("").replace("null", ""));
        vector.expected("/playready/headers")
                .forEach(header -> assertThat(decode(header.get("box").asText()).get("header"))
                        .isEqualTo(header.get("xml")));
    }

    private JsonNode decode(String box) {
        try {
            JsonNode boxes = home.run("pssh", "--decode", box, "--json").json().get("boxes");
            assertThat(boxes).hasSize(1);
            return boxes.get(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void severalBoxes_areExplainedOneAfterTheOther() {
        String both = CENC.expected("/widevine/boxVersion0").asText()
                + CENC.expected("/commonSystem/boxVersion1").asText();
        Run run = home.run("pssh", "--decode", both);

        assertThat(run.out()).contains("scheme         cenc\n\nsystem         common (W3C)\n");
    }

    @Test
    void unknownSystem_isShown_andSoIsDataThatCannotBeRead() {
        Run unknown =
                home.run("pssh", "--decode", "000000227073736800000000adb41c242dbf4a6d958b4457c0d27b9500000002abcd");
        assertThat(unknown.out()).isEqualTo("""
                        system         unknown
                        systemId       adb41c24-2dbf-4a6d-958b-4457c0d27b95
                        version        0
                        base64         AAAAInBzc2gAAAAArbQcJC2/Sm2Vi0RXwNJ7lQAAAAKrzQ==
                        hex            000000227073736800000000adb41c242dbf4a6d958b4457c0d27b9500000002abcd
                        dataBase64     q80=
                        """);
        Run broken = home.run("pssh", "--decode", "AAAAInBzc2gAAAAA7e-LqXnWSs6jyCfc1R0h7QAAAAISEA");
        assertThat(broken.exit()).isZero();
        assertThat(broken.out()).endsWith("dataProblem    the data is no Protocol Buffers message, or was cut\n");
    }

    @Test
    void textOfABox_cannotControlTheTerminal() {
        // A content id with an escape is shown in digits; a provider with one is not.
        Run run = home.run(
                "pssh",
                "--decode",
                "000000277073736800000000edef8ba979d64acea3c827dcd51d21ed00000007" + "1a021b5b" + "22011b");
        assertThat(run.out()).contains("provider       \"?[\"\n", "contentId      1b\n");
    }

    @ParameterizedTest
    @CsvSource({
        "xyz!,'The box is neither base64 nor hexadecimal'",
        "0011,'The box has 2 bytes; a pssh box has at least 32'",
        "'','The box has 0 bytes; a pssh box has at least 32'",
        "012,'The box is neither base64 nor hexadecimal'"
    })
    void otherText_fails(String text, String message) {
        Run run = home.run("pssh", "--decode", text);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("playgrant: " + message + "\n");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void wrongUsage_isStatus2() {
        assertAskedWrongly("KID is missing; or give --decode", "pssh");
        assertAskedWrongly("KID must be 32 hexadecimal digits, a UUID, or ^ and 1 to 64 characters: zz", "pssh", "zz");
        assertAskedWrongly("Unknown option: '--contentid'", "pssh", KID, "--contentid", "film");
        assertAskedWrongly("--decode goes with no other option but --json", "pssh", KID, "--decode", "AAAA");
        assertAskedWrongly(
                "Invalid value for option '--system' (SYSTEM): 'fairplay' is neither widevine nor playready nor common",
                "pssh",
                KID,
                "--system",
                "fairplay");
    }

    private void assertAskedWrongly(String message, String... arguments) {
        Run run = home.run(arguments);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith(message);
    }
}
