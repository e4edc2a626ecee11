package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.cli.PackagedProgram.Finished;
import io.playgrant.cli.PackagedProgram.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged program, started in other locales than those of UTF-8 and English. Commands stand in shell scripts of UTF-8, so that it does
 * not matter in which locale the tests run.
 */
class LocaleIT {

    private static final String OUTPUT_CONTROL = " securityLevel=1 hdcpOutputControl=0 contentKey=";
    private static final String KEY = secret("a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7");

    private static final String ARABIC = "ar -Duser.country=EG";

    @TempDir
    Path folder;

    private Path home;
    private final Map<String, String> environment = new HashMap<>();

    /** Beside the launcher, as where there are no sources. */
    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        Path repository = Path.of("").toAbsolutePath();
        Files.copy(repository.resolve("playgrant"), home.resolve("playgrant"));
        for (String name : new String[] {"application.properties", "routes"}) {
            Files.createSymbolicLink(home.resolve(name), repository.resolve(name));
        }
        for (String name : new String[] {"playgrant.jar", "lib"}) {
            Files.createSymbolicLink(
                    home.resolve(name), repository.resolve("target").resolve(name));
        }
        environment.put("LC_ALL", "C");
    }

    @Test
    void kid_isMadeOfTheNameAsItWasTyped() throws Exception {
        String authenticator = account("N");
        assertThat(kid(issue(authenticator, "^Müller"))).isEqualTo("cd2562f4b5ecc3e02e669737fde72b4c");
        assertThat(kid(issue(authenticator, "^Möller"))).isEqualTo("592d2ad634860e572f34d2f2fd49d2cb");
    }

    @Test
    void revocation_isOfTheKeyThatWasNamed() throws Exception {
        String url = issue(account("N"), "^München");
        assertThat(shell("./playgrant token revoke --kid '^Mönchen'").status()).isZero();
        assertThat(shell("./playgrant token explain '" + url + "'").status()).isZero();
        assertThat(shell("./playgrant token revoke --kid '^München'").status()).isZero();
        Finished explained = shell("./playgrant token explain '" + url + "' --json");
        assertThat(explained.status()).isEqualTo(1);
        assertThat(json(explained).get("valid").booleanValue()).isFalse();
    }

    @Test
    void text_comesBackAsItWasTyped() throws Exception {
        account("Größe 東京 🎬");
        assertThat(shell("./playgrant account show 1001").out()).contains("name            Größe 東京 🎬\n");
        assertThat(json(shell("./playgrant account show 1001 --json"))
                        .get("name")
                        .textValue())
                .isEqualTo("Größe 東京 🎬");
        assertThat(shell("./playgrant überhaupt").err()).startsWith("Unmatched argument at index 0: 'überhaupt'\n");
    }

    @Test
    void settings_areReadAsTheyStandInTheEnvironment() throws Exception {
        Finished check = shell("PLAYGRANT_DATA_DIR=dätä PLAYGRANT_JMS_USER=Jürgen ./playgrant config check");
        assertThat(check.out())
                .containsPattern("(?m)^PLAYGRANT_DATA_DIR +environment +dätä$")
                .containsPattern("(?m)^PLAYGRANT_JMS_USER +environment +Jürgen$");
    }

    @Test
    void folders_andFiles_haveTheNamesThatWereTyped() throws Exception {
        Files.writeString(
                home.resolve("requests.csv"),
                "id,kid,contentKey,securityLevel,hdcpOutputControl\nzwölf,^Müller," + KEY + ",1,0\n");
        Finished run = shell("""
                set -e
                mkdir schön && cp -R playgrant application.properties playgrant.jar lib routes schön && cd schön
                PLAYGRANT_DATA_DIR=dätä; export PLAYGRANT_DATA_DIR
                ./playgrant account create --name N --json | sed 's/.*"production":{"customerAuthenticator":"\\([^"]*\\)".*/\\1/' >schlüssel
                ./playgrant batch ../requests.csv --authenticator-file schlüssel --out tökens.csv --quiet
                test -f dätä/playgrant.mv.db
                cat schlüssel tökens.csv
                """);
        TestHome.markAll(run.out());
        assertThat(run.err()).isEqualTo("playgrant: ok 1\n");
        assertThat(run.out()).contains("\nzwölf,\"http");
        assertThat(run.status()).isZero();
    }

    /** Java reads ASCII if only one of them names a locale that is not installed. */
    @ParameterizedTest
    @ValueSource(strings = {"LC_ALL=xx_XX.UTF-8", "LC_TIME=xx_XX.UTF-8 LANG=C.UTF-8", "LANG=", "LC_CTYPE=POSIX"})
    void locale_thatIsNotInstalled_doesNotMatter(String locale) throws Exception {
        environment.remove("LC_ALL");
        environment.put("LC", locale);
        Finished run = shell("export $LC; ./playgrant überhaupt");
        assertThat(run.err()).startsWith("Unmatched argument at index 0: 'überhaupt'\n");
    }

    @Test
    void bytesThatAreNotUtf8_areRefused() throws Exception {
        Finished run = shell("./playgrant token issue kid=^film \"cookie=M$(printf '\\374')ller\"");
        assertThat(run.err())
                .isEqualTo(
                        "playgrant: Argument 4 (cookie=…) must be UTF-8, without the replacement character U+FFFD\n");
        assertThat(run.status()).isEqualTo(2);
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void javaWithoutTheLauncher_refusesWhatItCannotDecode() throws Exception {
        String java = "\"$JAVA_HOME/bin/java\" -Dplaygrant.home=. -jar playgrant.jar ";
        String cure = " has characters outside ASCII, which Java reads as ANSI_X3.4-1968 here:"
                + " start Playgrant by its launcher, or set LC_ALL to a UTF-8 locale such as C.UTF-8\n";
        assertThat(shell(java + "account create --name Größe").err()).isEqualTo("playgrant: Argument 4" + cure);
        assertThat(shell("PLAYGRANT_JMS_PASSWORD=Größe " + java + "config check")
                        .err())
                .isEqualTo("playgrant: The environment variable PLAYGRANT_JMS_PASSWORD" + cure);
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void javaWithoutTheLauncher_writesAndServesUtf8() throws Exception {
        Path data = home.resolve("data");
        String authenticator = account("Größe");
        Map<String, String> ascii = Map.of("LC_ALL", "C");
        assertThat(PackagedProgram.run(data, ascii, "account", "show", "1001").out())
                .contains("name            Größe\n");
        try (Server server = PackagedProgram.serve(data, ascii)) {
            HttpResponse<String> answer = get(
                    server,
                    "customerAuthenticator=" + authenticator + "&kid=%5EM%C3%BCller&securityLevel=1"
                            + "&hdcpOutputControl=0&contentKey=" + KEY);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(kid(answer.body())).isEqualTo("cd2562f4b5ecc3e02e669737fde72b4c");
        }
    }

    @Test
    void numbers_areWrittenInAsciiDigits() throws Exception {
        account("N");
        int number = 0;
        for (String locale :
                List.of(ARABIC, "fa -Duser.country=IR", "th -Duser.country=TH -Duser.extensions=u-nu-thai")) {
            environment.put("JAVA_OPTS", "-Duser.language=" + locale);
            number++;
            assertThat(shell("./playgrant token revoke --kid ^film-" + number).out())
                    .startsWith("Revoked (revocation " + number + ", kept until 2");
            assertThat(shell("./playgrant account list").out()).contains("\n1001       strict   enabled  on ");
        }
    }

    @Test
    void server_writesAndLogsAsciiDigits() throws Exception {
        String authenticator = account("N");
        Path data = home.resolve("data");
        try (Server server = PackagedProgram.serve(data, Map.of("JAVA_TOOL_OPTIONS", "-Duser.language=" + ARABIC))) {
            HttpResponse<String> answer =
                    get(server, "customerAuthenticator=" + authenticator + "&errorFormat=json&kid=%5Efilm");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).matches("\\p{ASCII}+");
            assertThat(Files.readString(server.log()))
                    .matches("(?s)\\p{ASCII}+")
                    .contains("refused");
        }
    }

    private String account(String name) throws Exception {
        Finished created = shell("./playgrant account create --name '" + name + "' --json");
        TestHome.markAll(created.out());
        assertThat(created.err()).isEmpty();
        return json(created).at("/production/customerAuthenticator").textValue();
    }

    private String issue(String authenticator, String kid) throws Exception {
        Finished issued = shell("./playgrant token issue customerAuthenticator=" + authenticator + " 'kid=" + kid + "'"
                + OUTPUT_CONTROL + KEY);
        assertThat(issued.err()).isEmpty();
        return issued.out().strip();
    }

    private String kid(String url) throws Exception {
        return json(shell("./playgrant token explain '" + url + "' --json"))
                .at("/keys/0/kid")
                .textValue();
    }

    private static HttpResponse<String> get(Server server, String query) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/hms/wv/token?" + query);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static JsonNode json(Finished finished) throws IOException {
        return new ObjectMapper().readTree(finished.out());
    }

    /** Runs a script in the home folder. */
    private Finished shell(String script) throws Exception {
        Path file = Files.writeString(folder.resolve("script"), script);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("sh", file.toString())
                .directory(home.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PLAYGRANT_")
                        || name.startsWith("LC_")
                        || name.equals("LANG")
                        || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
