package io.playgrant.cli.key;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.packager.box.BoxVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagerLineCommandTest {

    private static final JsonNode FILE = BoxVectors.read("packager-commands.json");
    private static final String KID = FILE.at("/input/kid").asText();
    private static final String AUDIO_KID = "ffeeddccbbaa99887766554433221100";
    private static final String KEY = secret(FILE.at("/input/key").asText());
    private static final String IV = FILE.at("/input/iv").asText();
    private static final String KEK = secret("7f5e3d1c9b8a79685746352413021fe0");

    private TestHome home;
    private String kek;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
        home.createAccount("N");
        kek = Files.writeString(path.resolve("kek"), KEK).toString();
        String key = Files.writeString(path.resolve("key"), KEY).toString();
        for (String kid : List.of(KID, AUDIO_KID)) {
            Run run = home.run(
                    "key",
                    "create",
                    "--account",
                    "1001",
                    "--kid",
                    kid,
                    "--key-file",
                    key,
                    "--kek-file",
                    kek,
                    "--content-id",
                    "film-1");
            assertThat(run.exit()).isZero();
        }
    }

    @Test
    void linesOfTheVectors_arePrinted() {
        assertThat(revealed(KID, "--for", "shaka")).last().isEqualTo(vector("shakaPackager"));
        assertThat(revealed(KID, AUDIO_KID, "--for", "shaka", "--scheme", "cbcs"))
                .last()
                .isEqualTo(vector("shakaPackagerTwoKeys"));
        assertThat(revealed(KID, "--for", "bento4"))
                .containsExactly(
                        vector("mp4fragment"), vector("mp4fragment").replace("video", "audio"), vector("mp4dashCenc"));
        assertThat(revealed(KID, "--for", "bento4", "--scheme", "cbcs", "--iv", IV))
                .last()
                .isEqualTo(vector("mp4dashCbcs"));
        assertThat(revealed(KID, "--for", "ffmpeg")).last().isEqualTo(vector("ffmpeg"));
    }

    private static String vector(String name) {
        return FILE.at("/commands/" + name).asText();
    }

    private List<String> revealed(String... arguments) {
        return lines(
                Stream.concat(Stream.of(arguments), Stream.of("--account", "1001", "--kek-file", kek, "--reveal-keys"))
                        .toArray(String[]::new));
    }

    private List<String> lines(String... arguments) {
        Run run = home.run(
                Stream.concat(Stream.of("key", "command"), Stream.of(arguments)).toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        return run.out().lines().toList();
    }

    @Test
    void serverForm_comesFirst_andHasNoKey() {
        List<String> server = List.of(
                "# The key server makes the keys of the content, one for each type of track. DIGITS are those after the"
                        + " comma of an authenticator for packaging:",
                "packager in=video.mp4,stream=video,output=video_enc.mp4 in=audio.mp4,stream=audio,output=audio_enc.mp4"
                        + " --mpd_output stream.mpd --protection_scheme cenc --enable_widevine_encryption"
                        + " --key_server_url https://1001:DIGITS@keys.example/a/packager/widevine"
                        + " --content_id 66696c6d2d31 --protection_systems Widevine,PlayReady,CommonSystem"
                        + " --clear_lead 0");

        assertThat(revealed(KID, "--for", "shaka-server", "--server", "https://keys.example/a/"))
                .isEqualTo(server);
        assertThat(revealed(KID, "--for", "shaka", "--server", "https://keys.example/a"))
                .startsWith(server.get(0), server.get(1))
                .hasSize(4);
    }

    @Test
    void cpix_isARequestOfCurl() {
        assertThat(lines(KID, AUDIO_KID, "--for", "cpix", "--account", "1001", "--content-id", "ä/b c"))
                .containsExactly(
                        "# The document contains the key: keep it secret.",
                        "curl -fsS -u 1001:DIGITS 'http://127.0.0.1:8080/packager/cpix/%C3%A4%2Fb%20c"
                                + "?kid=00112233-4455-6677-8899-aabbccddeeff,ffeeddcc-bbaa-9988-7766-554433221100"
                                + "&scheme=cenc&drm=widevine,playready' -o keys.cpix.xml");
        assertThat(lines(KID, "--for", "cpix", "--scheme", "cbcs"))
                .last()
                .asString()
                .startsWith("curl -fsS -u ACCOUNT:DIGITS 'http://127.0.0.1:8080/packager/cpix/CONTENT_ID?")
                .contains("&drm=widevine,playready,fairplay'");
    }

    @Test
    void withoutRevealKeys_aWordStandsForTheKey() throws IOException {
        for (String tool : List.of("shaka", "bento4", "ffmpeg")) {
            assertThat(lines(KID, "--for", tool, "--account", "1001"))
                    .last()
                    .asString()
                    .containsPattern("[=: ]KEY\\b")
                    .doesNotContain(KEY);
        }
        // Without an account, the key need not exist.
        assertThat(lines("^none", "--for", "shaka"))
                .last()
                .asString()
                .contains("--keys label=:key_id=", ":key=KEY ")
                .doesNotContain("ACCOUNT");
        assertThat(home.run("key", "command", KID, "--for", "ffmpeg", "--json")
                        .json()
                        .at("/lines/1")
                        .asText())
                .contains("-encryption_key KEY ");
    }

    @Test
    void heldKey_isShownWithoutAKek() throws IOException {
        JsonNode created = home.run("key", "create", "--account", "1001", "--held", "--content-id", "film-2", "--json")
                .json();
        String kid = created.at("/key/kid").asText();
        home.openApplication().close();
        List<String> masked = lines(kid, "--for", "shaka", "--account", "1001");
        List<String> shown = lines(kid, "--for", "shaka", "--account", "1001", "--reveal-keys");

        assertThat(masked.get(1)).contains("--content_id 66696c6d2d32 ");
        assertThat(shown.subList(0, 3)).isEqualTo(masked.subList(0, 3));
        String key = shown.get(3).replaceAll(".*:key=([0-9a-f]{32}) .*", "$1");
        assertThat(secret(key)).hasSize(32);
        assertThat(masked.get(3)).isEqualTo(shown.get(3).replace(key, "KEY"));
    }

    @Test
    void keysThatCannotBeShown_areRefused() {
        assertFailed("There is no account 7", KID, "--for", "shaka", "--account", "7");
        assertFailed(
                "There is no key 00000000000000000000000000000000 of account 1001, production",
                "0".repeat(32),
                "--for",
                "shaka",
                "--account",
                "1001");
        assertFailed(
                "The key " + KID + " is wrapped by a client's kek: give --kek-file",
                KID,
                "--for",
                "shaka",
                "--account",
                "1001",
                "--reveal-keys");
    }

    @Test
    void otherKeks_andExpiredKeys_areRefused() throws IOException {
        String otherKek = Files.writeString(Path.of(kek + "2"), secret("8f5e3d1c9b8a79685746352413021fe1"))
                .toString();
        assertFailed(
                "The key " + KID + " does not open under the kek",
                KID,
                "--for",
                "shaka",
                "--account",
                "1001",
                "--kek-file",
                otherKek,
                "--reveal-keys");
        home.run(
                "key",
                "create",
                "--account",
                "1001",
                "--kid",
                "f".repeat(32),
                "--kek-file",
                kek,
                "--expiration",
                "2001-01-01T00:00:00Z");
        assertFailed(
                "The key " + "f".repeat(32) + " has expired", "f".repeat(32), "--for", "shaka", "--account", "1001");
    }

    private void assertFailed(String message, String... arguments) {
        Run run = run(arguments);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("playgrant: " + message + "\n");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void wrongUsage_isStatus2() {
        assertAskedWrongly("Missing required option: '--for=PACKAGER'", KID);
        assertAskedWrongly("Missing required parameter: 'KID'", "--for", "shaka");
        assertAskedWrongly("Only shaka and cpix take a second KID", KID, AUDIO_KID, "--for", "bento4");
        assertAskedWrongly("At most two KIDs can be given", KID, AUDIO_KID, KID, "--for", "shaka");
        assertAskedWrongly("Unknown option: '--acount'", KID, "--for", "shaka", "--acount", "1001");
        assertAskedWrongly("ffmpeg encrypts with cenc only", KID, "--for", "ffmpeg", "--scheme", "cbcs");
        assertAskedWrongly("--reveal-keys needs --account", KID, "--for", "shaka", "--reveal-keys");
        assertAskedWrongly("--kek-file needs --reveal-keys", KID, "--for", "shaka", "--kek-file", kek);
        String iv = "--iv must be 16 or 32 hexadecimal digits, and goes with --for bento4 only";
        assertAskedWrongly(iv, KID, "--for", "shaka", "--iv", IV);
        assertAskedWrongly(iv, KID, "--for", "bento4", "--iv", IV.substring(2));
        assertAskedWrongly(
                "Invalid value for option '--for': 'gpac' is neither shaka nor shaka-server nor bento4 nor"
                        + " ffmpeg nor cpix",
                KID,
                "--for",
                "gpac");
    }

    private void assertAskedWrongly(String message, String... arguments) {
        Run run = run(arguments);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith(message);
    }

    private Run run(String... arguments) {
        return home.run(
                Stream.concat(Stream.of("key", "command"), Stream.of(arguments)).toArray(String[]::new));
    }
}
