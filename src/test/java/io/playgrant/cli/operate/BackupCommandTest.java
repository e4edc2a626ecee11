package io.playgrant.cli.operate;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {

    private static final String KEY = secret("e0e1e2e3e4e5e6e7e8e9eaebecedeeef");

    private Path folder;
    private TestHome home;
    private TestHome elsewhere;
    private String file;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        this.folder = folder;
        home = TestHome.in(Files.createDirectory(folder.resolve("here")));
        elsewhere = TestHome.in(Files.createDirectory(folder.resolve("elsewhere")));
        file = folder.resolve("backup.zip").toString();
    }

    @Test
    void restoredElsewhere_oldTokensOpen_andAccountsWork() throws IOException {
        String authenticator = home.createAccount("N");
        String url = issue(home, authenticator).out().strip();
        try (Application inUse = home.openApplication()) {
            assertThat(inUse.accounts().list()).hasSize(1);
            assertThat(home.run("backup", file))
                    .isEqualTo(new Run(
                            0,
                            "The backup was written to " + file
                                    + ". It contains secrets: protect it like the data folder.\n",
                            ""));
        }
        Run restored = elsewhere.run("restore", file);
        assertThat(restored.err()).isEmpty();
        assertThat(restored.out())
                .matches("The backup of \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ was restored into "
                        + elsewhere.data() + "\\.\n");
        assertThat(restored.exit()).isZero();

        Run explained = elsewhere.run("token", "explain", url, "--json");
        assertThat(explained.exit()).isZero();
        JsonNode token = explained.json();
        assertThat(token.get("valid").booleanValue()).isTrue();
        assertThat(issue(elsewhere, authenticator).exit()).isZero();
        assertThat(elsewhere.run("ring", "list").out())
                .isEqualTo(home.run("ring", "list").out());
    }

    @Test
    void standardOutput_takesABackup_andStandardInputBringsIt() throws IOException {
        home.createAccount("N");
        ByteArrayOutputStream backup = new ByteArrayOutputStream();
        assertThat(home.runInto(backup, "backup", "-")).isEqualTo(new Run(0, "", ""));
        byte[] half = Arrays.copyOf(backup.toByteArray(), backup.size() / 2);
        assertFailed(
                elsewhere.runWithInput(half, "restore", "-"),
                "The file from standard input is not a backup, or is incomplete");
        assertThat(elsewhere.data()).doesNotExist();

        // One that exists already, as a mount point would be.
        Files.createDirectory(elsewhere.data());
        Run restored = elsewhere.runWithInput(backup.toByteArray(), "restore", "-");
        assertThat(restored.err()).isEmpty();
        assertThat(restored.out())
                .startsWith("The backup of ")
                .endsWith(" was restored into " + elsewhere.data() + ".\n");
        assertThat(restored.exit()).isZero();
        assertThat(elsewhere.run("account", "list").out())
                .isEqualTo(home.run("account", "list").out());
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith(".restore"));
        }
        assertFailed(
                elsewhere.runWithInput(new byte[0], "restore", "-"),
                "The data folder " + elsewhere.data()
                        + " (PLAYGRANT_DATA_DIR) is not empty; a backup is restored into an empty one");
    }

    @Test
    void terminal_getsNoBackup() throws IOException {
        home.createAccount("N");
        System.setProperty("playgrant.terminal", "true");
        try {
            assertFailed(
                    home.run("backup", "-"),
                    "A backup is binary: redirect standard output to a file or another program");
        } finally {
            System.clearProperty("playgrant.terminal");
        }
    }

    @Test
    void failures_areToldInOneSentence() throws IOException {
        assertFailed(
                home.run("backup", file),
                "The data folder " + home.data()
                        + " (PLAYGRANT_DATA_DIR) is empty or missing; serve and account create create it");
        assertFailed(
                home.run("restore", file), "The backup " + file + " cannot be read: there is no such file or folder");
        home.createAccount("N");
        assertThat(home.run("backup", file).exit()).isZero();
        assertFailed(home.run("backup", file), "The file " + file + " exists already");
        assertFailed(
                home.run("restore", file),
                "The data folder " + home.data()
                        + " (PLAYGRANT_DATA_DIR) is not empty; a backup is restored into an empty one");
        Files.writeString(home.data().resolve("ring.json"), "{");
        assertFailed(
                home.run("backup", file + "2"),
                "The key file " + home.data().resolve("ring.json") + " is not a JWK Set");
        assertThat(folder.resolve("backup.zip2")).doesNotExist();
    }

    @Test
    void missingFile_isAskedWrongly() {
        for (String command : List.of("backup", "restore")) {
            Run run = home.run(command);
            assertThat(run.err()).startsWith("Missing required parameter: 'FILE'");
            assertThat(run.exit()).isEqualTo(2);
        }
    }

    private static Run issue(TestHome home, String authenticator) {
        return home.run(
                "token",
                "issue",
                "customerAuthenticator=" + authenticator,
                "kid=^film",
                "contentKey=" + KEY,
                "securityLevel=1",
                "hdcpOutputControl=0");
    }

    private static void assertFailed(Run run, String sentence) {
        assertThat(run.err()).isEqualTo("playgrant: " + sentence + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }
}
