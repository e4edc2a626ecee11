package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.playgrant.cli.PackagedProgram.Finished;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.cli.demo.Chromium;
import io.playgrant.cli.demo.PlayerSite;
import io.playgrant.config.TestInstallation;
import io.playgrant.route.http.RawHttp;
import io.playgrant.route.http.RawHttp.Answer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shaka Packager encrypts a clip with keys that it gets from the server, and the clip plays. Nobody copies a key. */
class PackagerIT {

    private static final Path PACKAGER = Path.of("target", "browser", "node_modules", "shaka-packager", "index.js")
            .toAbsolutePath();

    /** The content id film-1, in hexadecimal digits, as the packager takes it. */
    private static final String FILM_1 = "66696c6d2d31";

    @TempDir
    static Path folder;

    private static Optional<Server> server = Optional.empty();
    private static String tokenAuthenticator = "";
    private static String keyServer = "";

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(System.getenv("CI") == null, "the packager is not run in continuous integration");
        assumeTrue(isInPath("ffmpeg") && isInPath("node"), "there is no ffmpeg or no node in the PATH");
        assumeTrue(
                Files.exists(PACKAGER),
                "there is no Shaka Packager in target/browser, which ./verify puts there if it finds npm");
        Path data = data();
        tokenAuthenticator = TestInstallation.createAccount(data);
        succeed(data, "account", "set", "1001", "--packaging", "on");
        String[] packaging = new ObjectMapper()
                .readTree(succeed(data, "account", "authenticator", "add", "1001", "--for", "packaging", "--json"))
                .get("customerAuthenticator")
                .textValue()
                .split(",", -1);
        server = Optional.of(PackagedProgram.serve(
                data, Map.of("PLAYGRANT_LICENSE_SERVICE", "clear-key", "PLAYGRANT_CLEAR_KEY_IN_PRODUCTION", "true")));
        keyServer = "http://" + packaging[0] + ":" + secret(packaging[1]) + "@127.0.0.1:"
                + server.get().port() + "/packager/widevine";
        makeClip();
        packager(tracks("clear.mp4", "clear.mp4", "packaged"));
    }

    private static Path data() {
        return folder.resolve("data");
    }

    private static String succeed(Path data, String... arguments) throws Exception {
        Finished finished = PackagedProgram.run(data, arguments);
        assertThat(finished.status()).as(finished.err()).isZero();
        return finished.out();
    }

    private static boolean isInPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private static void makeClip() throws Exception {
        String command = "ffmpeg -v error -f lavfi -i testsrc2=size=320x180:rate=25:duration=4"
                + " -f lavfi -i sine=frequency=330:sample_rate=44100:duration=4"
                + " -c:v libx264 -profile:v main -preset veryfast -pix_fmt yuv420p -g 50 -keyint_min 50"
                + " -sc_threshold 0 -c:a aac -b:a 32k -ac 1 clear.mp4";
        assertThat(await(new ProcessBuilder(command.split(" ", -1)).inheritIO()))
                .isZero();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    /** The packager itself decrypts, with the same keys, for which it asks by the boxes in the files. */
    @ParameterizedTest
    @CsvSource({"cenc,66696c6d2d32", "cbcs,66696c6d2d33", "cens,66696c6d2d34", "cbc1,66696c6d2d35"})
    void encryptedClip_decryptsToTheClearFrames(String scheme, String contentId) throws Exception {
        encrypt(scheme, contentId);
        packager(
                tracks(scheme + "-video.mp4", scheme + "-audio.mp4", scheme + "-decrypted"),
                "--enable_widevine_decryption",
                "--key_server_url",
                keyServer);

        for (String track : List.of("-video.mp4", "-audio.mp4")) {
            String clear = frames("packaged" + track);
            assertThat(clear).contains("MD5=");
            assertThat(frames(scheme + "-decrypted" + track)).as(track).isEqualTo(clear);
            assertThat(frames(scheme + track)).as(track).isNotEqualTo(clear);
        }
        assertThat(frames("clear.mp4", "-map", "0:v")).isEqualTo(frames("packaged-video.mp4"));
    }

    @Test
    void sameContent_isEncryptedWithTheSameKeys_alsoWhenTheSchemeIsAnotherOne() throws Exception {
        encrypt("cenc", FILM_1);
        String kids = kids("cenc");
        encrypt("cbcs", FILM_1);

        assertThat(kids).isNotEmpty();
        assertThat(kids("cbcs")).isEqualTo(kids);
    }

    private static String kids(String scheme) throws Exception {
        return Files.readString(folder.resolve(scheme + ".mpd"))
                .lines()
                .filter(line -> line.contains("default_KID"))
                .map(line -> line.replaceAll(".*default_KID=\"([^\"]*)\".*", "$1"))
                .toList()
                .toString();
    }

    /** The packager first asks for keys of no period, then for ten periods at a time, each time for five types of tracks. */
    @Test
    void cryptoPeriods_haveKeysOfTheirOwn() throws Exception {
        encrypt("cenc", "6c697665", "--crypto_period_duration", "2");

        List<String> contents = new ArrayList<>();
        new ObjectMapper()
                .readTree(succeed(data(), "key", "list", "--account", "1001", "--json"))
                .forEach(key -> contents.add(key.path("contentId").asText()));
        int withoutPeriod = 5;
        int keys = Collections.frequency(contents, "live") - withoutPeriod;
        assertThat(keys).isPositive();
        assertThat(keys % 50).isZero();
    }

    @Test
    void otherAuthenticator_getsNoKey() throws Exception {
        String wrong = keyServer.replaceFirst(":[0-9a-f]{32}@", ":" + "0".repeat(32) + "@");

        String out = packagerOutput(
                tracks("clear.mp4", "clear.mp4", "refused"),
                "--enable_widevine_encryption",
                "--key_server_url",
                wrong,
                "--content_id",
                FILM_1);

        assertThat(out).isEmpty();
        assertThat(folder.resolve("refused-video.mp4")).doesNotExist();
    }

    @Test
    void packagedClip_plays_withATokenForItsContentId() throws Exception {
        encrypt("cenc", FILM_1);
        Path site = Files.createDirectories(folder.resolve("site"));
        for (String file : List.of("cenc-video.mp4", "cenc-audio.mp4")) {
            Files.copy(folder.resolve(file), site.resolve(file));
        }
        Files.copy(folder.resolve("cenc.mpd"), site.resolve("clip.mpd"));
        String licenceUrl = issue("contentId=film-1");

        try (Chromium chromium = Chromium.start();
                PlayerSite player = PlayerSite.ofFolder(site);
                BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            page.navigate(player.url());
            assertThat(page.evaluate("url => load(url)", licenceUrl)).isNull();
            page.waitForCondition(() -> (boolean) page.evaluate("document.querySelector('video').currentTime > 0.5"));
            assertThat((int)
                            page.evaluate("document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames"))
                    .isPositive();
        }
    }

    private static String issue(String parameters) throws Exception {
        RawHttp http = new RawHttp(server.orElseThrow().port());
        Answer answer = http.get("/hms/wv/token?securityLevel=1&hdcpOutputControl=0&customerAuthenticator="
                + tokenAuthenticator + "&" + parameters);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static void encrypt(String scheme, String contentId, String... more) throws Exception {
        String options = "--enable_widevine_encryption --key_server_url " + keyServer + " --content_id " + contentId
                + " --protection_scheme " + scheme + " --protection_systems Widevine,CommonSystem --clear_lead 0"
                + " --mpd_output " + scheme + ".mpd";
        packager(
                tracks("clear.mp4", "clear.mp4", scheme),
                Stream.concat(Stream.of(options.split(" ", -1)), Stream.of(more))
                        .toArray(String[]::new));
    }

    private static List<String> tracks(String video, String audio, String output) {
        return List.of(
                "in=" + video + ",stream=video,output=" + output + "-video.mp4",
                "in=" + audio + ",stream=audio,output=" + output + "-audio.mp4");
    }

    private static void packager(List<String> tracks, String... options) throws Exception {
        assertThat(packagerOutput(tracks, options)).isEqualTo("Packaging completed successfully.\n");
    }

    /** The packager's output. Its script exits with status 0 in any case, and its messages after a failure contain keys. */
    private static String packagerOutput(List<String> tracks, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", PACKAGER.toString()));
        command.addAll(tracks);
        command.addAll(List.of(options));
        return output(command);
    }

    /** The MD5 of the decoded frames, or whatever the decoder says instead. */
    private static String frames(String file, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-i", file));
        command.addAll(List.of(options));
        command.addAll(List.of("-f", "md5", "-"));
        return output(command);
    }

    private static String output(List<String> command) throws Exception {
        Path out = Files.createTempFile(folder, "output", ".txt");
        await(new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD));
        return Files.readString(out);
    }

    private static int await(ProcessBuilder builder) throws Exception {
        Process process = builder.directory(folder.toFile()).start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("did not end: " + builder.command().get(0));
        }
        return process.exitValue();
    }
}
