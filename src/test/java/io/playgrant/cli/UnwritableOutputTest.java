package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.config.SharedInstallation;
import io.playgrant.storage.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose standard output is full, closed, or read by nobody any more. */
class UnwritableOutputTest {

    private static final String KEY = secret("d1e2f3a4b5c6d1e2f3a4b5c6d1e2f3a4");
    private static final String KEK = secret("a9b8c7d6a9b8c7d6a9b8c7d6a9b8c7d6");
    private static final String SENTENCE =
            "playgrant: Standard output cannot be written to: it is closed or full, or its reader has gone";

    private Path folder;
    private TestHome home;
    private String authenticator;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        this.folder = folder;
        home = TestHome.in(folder);
        authenticator = home.createAccount("N");
    }

    @Test
    void commandsThatOnlyShow_fail() {
        for (String command : List.of(
                "--help",
                "--version",
                "account --help",
                "token issue --help",
                "account list",
                "account list --json",
                "account show 1001",
                "account authenticator list 1001",
                "audit list",
                "config check",
                "key list --account 1001",
                "record list",
                "ring list",
                "token explain AAAA",
                "token redeem AAAA",
                "token revocation list")) {
            assertFailed(home.runUnwritable(command.split(" ")), "");
        }
    }

    @Test
    void secretsThatAreShownOnce_areNotMade() throws IOException {
        String audited = home.run("audit", "list").out();
        String authenticators =
                home.run("account", "authenticator", "list", "1001").out();
        assertFailed(home.runUnwritable("account", "create", "--name", "Lost", "--json"), "; no account was created");
        assertFailed(home.runUnwritable("account", "create", "--name", "Lost"), "; no account was created");
        assertFailed(home.runUnwritable("account", "authenticator", "add", "1001"), "; no authenticator was added");
        String[] create = {"operator", "create", "--name", "lost", "--role", "admin"};
        assertFailed(home.runUnwritable(create), "; no operator was created");
        assertThat(home.run("operator", "list").out()).hasLineCount(1);
        assertThat(home.run("account", "list").out()).doesNotContain("Lost").hasLineCount(2);
        assertThat(home.run("account", "authenticator", "list", "1001").out()).isEqualTo(authenticators);
        assertThat(home.run("audit", "list").out()).isEqualTo(audited);
    }

    @Test
    void changes_areToldOf() throws IOException {
        assertFailed(
                home.runUnwritable("account", "set", "1001", "--credits", "7"),
                "; the account was changed, see account show 1001");
        assertThat(account().get("credits").intValue()).isEqualTo(7);
        String key = only(
                home.runUnwritable("ring", "add", "--environment", "test"),
                "; the key ([0-9a-f]{16}) was added, and ring list shows it");
        assertThat(home.run("ring", "list").out()).contains(key);
        assertFailed(home.runUnwritable("ring", "activate", key), "; the key is active now");
        Path kek = Files.writeString(folder.resolve("kek"), KEK);
        String kid = only(
                home.runUnwritable("key", "create", "--account", "1001", "--kek-file", kek.toString()),
                "; the key ([0-9a-f]{32}) is stored, and key show shows it");
        assertThat(home.run("key", "show", "--account", "1001", kid).exit()).isZero();
        assertFailed(home.runUnwritable("key", "delete", "--account", "1001", kid), "; the key is deleted");
        assertFailed(home.runUnwritable("token", "revoke", "--account", "1001"), "; revocation 1 is in force");
        assertFailed(home.runUnwritable("token", "revocation", "delete", "1"), "; the revocation is deleted");
        assertFailed(
                home.runUnwritable("account", "authenticator", "revoke", "1001", "1"),
                "; the authenticator is revoked");
        assertFailed(home.runUnwritable("account", "delete", "1001"), "; account 1001 is deleted");
    }

    @Test
    void tokenThatWasPaidFor_isTold_andCanBeUndone() throws IOException {
        home.run("account", "set", "1001", "--credits", "7");
        Run run = home.runUnwritable(
                "token",
                "issue",
                "customerAuthenticator=" + authenticator,
                "kid=^film",
                "contentKey=" + KEY,
                "securityLevel=1",
                "hdcpOutputControl=0");
        String id = only(
                run,
                "; the token ([0-9a-f]{32}) was issued and charged: token revoke [0-9a-f]{32} revokes it, and if the account's"
                        + " credits are limited, account set 1001 --add-credits 1 returns the credit");
        assertThat(home.run("record", "list", "--token", id).out()).contains(id);
        assertThat(account().get("credits").intValue()).isEqualTo(6);
    }

    @Test
    void revokedLines_areToldOf() {
        String lines = "0".repeat(32) + "\n" + "1".repeat(32) + "\n";
        InputStream systemIn = System.in;
        System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        Run run;
        try {
            run = home.runUnwritable("token", "revoke", "-");
        } finally {
            System.setIn(systemIn);
        }
        assertThat(run.err())
                .isEqualTo(
                        "The id is revoked without a check whether a token with this id was ever issued.\n" + SENTENCE
                                + "; the tokens up to line 1 are revoked; run the same command again to revoke the rest\n");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(home.run("token", "revocation", "list").out())
                .contains("0".repeat(32))
                .hasLineCount(2);
    }

    @Test
    void backupThatWasWritten_isThere_oneToStandardOutputFails() {
        String file = folder.resolve("backup.zip").toString();
        assertFailed(home.runUnwritable("backup", file), "; the backup was written to " + file);
        assertThat(Path.of(file)).isNotEmptyFile();
        assertFailed(home.runUnwritable("backup", "-"), "");
    }

    @Test
    void results_areNotPaidFor() throws IOException {
        home.run("account", "set", "1001", "--credits", "7");
        Path requests = Files.writeString(
                folder.resolve("requests.csv"),
                "kid,contentKey,securityLevel,hdcpOutputControl,customerAuthenticator\n^film," + KEY + ",1,0,\""
                        + authenticator + "\"\n");
        assertFailed(home.runUnwritable("batch", requests.toString()), "");
        assertThat(account().get("credits").intValue()).isEqualTo(7);
    }

    @Test
    void authenticatorsOfACommitThatFailed_areSaidToBeDoubtful(@TempDir Path other) throws IOException {
        try (SharedInstallation installation = SharedInstallation.create()) {
            TestHome shared = TestHome.in(other);
            Files.writeString(
                    other.resolve("application.properties"),
                    "playgrant.database.url=" + installation.database().url() + "\nplaygrant.database.user="
                            + installation.database().user() + "\n",
                    StandardOpenOption.APPEND);
            assertThat(shared.run("ring", "init").exit()).isZero();
            SharedInstallation.markKeys(shared.data());
            DatabaseCutter out = new DatabaseCutter();
            Run run = shared.runInto(out, "account", "create", "--name", "N", "--json");
            TestHome.markAll(out.toString(StandardCharsets.UTF_8));
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("customerAuthenticator");
            assertThat(run.err())
                    .startsWith("playgrant: The database ")
                    .endsWith("; the printed authenticators are valid only if account list shows the account\n")
                    .hasLineCount(1);
            assertThat(run.exit()).isEqualTo(1);
            assertThat(shared.run("account", "list").out()).hasLineCount(1);
        }
    }

    /** Takes the database away as soon as something is printed. */
    private static final class DatabaseCutter extends ByteArrayOutputStream {

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            PostgresServer.shared()
                    .execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                            + " where application_name = 'playgrant' and state like 'idle in transaction%'");
        }
    }

    private JsonNode account() throws IOException {
        return new ObjectMapper()
                .readTree(home.run("account", "show", "1001", "--json").out());
    }

    private static void assertFailed(Run run, String ending) {
        assertThat(run.err()).isEqualTo(SENTENCE + ending + "\n");
        assertThat(run.exit()).isEqualTo(1);
    }

    /** Makes sure of the failure, and gives the only group of its ending. */
    private static String only(Run run, String ending) {
        String pattern = SENTENCE + ending + "\n";
        assertThat(run.err()).matches(pattern);
        assertThat(run.exit()).isEqualTo(1);
        return run.err().replaceFirst(pattern, "$1");
    }
}
