package io.playgrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.cli.TestHome.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineInterfaceTest {

    private Path path;
    private TestHome home;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        this.path = path;
        home = TestHome.in(path);
    }

    @Test
    void help_isPrintedForEveryCommand() {
        for (String command : List.of(
                "",
                "serve",
                "demo",
                "account",
                "account create",
                "account list",
                "account show",
                "account set",
                "token",
                "token issue",
                "token explain",
                "token redeem",
                "dev",
                "dev widevine-cloud",
                "ring",
                "ring init",
                "ring list",
                "ring add",
                "ring activate",
                "ring retire",
                "config",
                "config check",
                "batch",
                "usage",
                "backup",
                "restore")) {
            Run run = home.run((command + " --help").strip().split(" "));
            assertThat(run.out()).startsWith(("Usage: playgrant " + command).strip() + " ");
            assertThat(run.err()).isEmpty();
            assertThat(run.exit()).isZero();
        }
        assertThat(home.data()).doesNotExist();
    }

    @Test
    void help_namesTheCommands() {
        assertThat(home.run("--help").out())
                .contains("\n  serve ", "\n  account ", "\n  token ", "A self-hosted Widevine licence-token service.");
        assertThat(home.run("token", "explain", "--help").out())
                .contains(
                        "--reveal-keys",
                        "0   every token is valid now",
                        "1   a token is not valid, or the command failed");
    }

    @Test
    void version_isPrinted() {
        Run run = home.run("--version");
        assertThat(run.out()).isEqualTo("playgrant (not packaged)\n");
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
    }

    @Test
    void noCommand_isAskedWrongly() {
        for (String[] args : List.of(new String[0], new String[] {"account"}, new String[] {"token"})) {
            Run run = home.run(args);
            assertThat(run.err()).startsWith("Missing required subcommand\nUsage: playgrant ");
            assertThat(run.out()).isEmpty();
            assertThat(run.exit()).isEqualTo(2);
        }
    }

    @Test
    void unknownCommand_isAskedWrongly() {
        Run run = home.run("sing");
        assertThat(run.err()).startsWith("Unmatched argument at index 0: 'sing'\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(2);
    }

    @Test
    void wrongSetting_isToldInOneSentence() throws Exception {
        Run run = home.runProcess(Map.of("PLAYGRANT_HTTP_PORT", "eighty"), "account", "list");
        assertThat(run.err())
                .isEqualTo("playgrant: PLAYGRANT_HTTP_PORT (playgrant.http.port in application.properties)"
                        + " must be a number from 0 to 65535, not 'eighty'\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(home.data()).doesNotExist();
    }

    @Test
    void process_printsNothingButWhatWasAskedFor() throws Exception {
        Run run = home.runProcess(
                Map.of("PLAYGRANT_DATA_DIR", "elsewhere"), "account", "create", "--name", "N", "--json");
        TestHome.markAll(run.out());
        assertThat(run.err()).isEmpty();
        assertThat(run.json().get("account").longValue()).isEqualTo(1001);
        assertThat(run.exit()).isZero();
        assertThat(home.data()).doesNotExist();
        assertThat(path.resolve("elsewhere/playgrant.mv.db")).isRegularFile();
    }

    @Test
    void missingSettings_areToldInOneSentence() throws IOException {
        Files.delete(path.resolve("application.properties"));
        Run run = home.run("account", "list");
        assertThat(run.err())
                .startsWith(
                        "playgrant: The settings in " + path.resolve("application.properties") + " cannot be read: ")
                .hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void unusableStorage_isToldInOneSentence() throws IOException {
        Files.writeString(home.data(), "");
        Path settings = path.resolve("application.properties");
        Files.writeString(settings, Files.readString(settings) + "\nplaygrant.http.port=0\n");
        for (List<String> args : List.of(List.of("account", "create", "--name", "N"), List.of("serve"))) {
            Run run = home.run(args.toArray(new String[0]));
            assertThat(run.err())
                    .startsWith("playgrant: The data folder " + home.data() + " is a file")
                    .hasLineCount(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.exit()).isEqualTo(1);
        }
    }

    @Test
    void mistypedFolder_isNotMadeIntoAnInstallation() {
        for (String command : List.of(
                "account list",
                "account show 1001",
                "account set 1001 --enabled",
                "token issue kid=^film",
                "token explain AAAA",
                "token redeem AAAA")) {
            Run run = home.run(command.split(" "));
            assertThat(run.err())
                    .isEqualTo("playgrant: The data folder " + home.data()
                            + " (PLAYGRANT_DATA_DIR) is empty or missing; serve and account create create it\n");
            assertThat(run.out()).isEmpty();
            assertThat(run.exit()).isEqualTo(1);
            assertThat(home.data()).doesNotExist();
        }
    }
}
