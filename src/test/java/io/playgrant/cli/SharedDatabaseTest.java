package io.playgrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.cli.TestHome.Run;
import io.playgrant.config.SharedInstallation;
import io.playgrant.storage.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line with a database on a server. */
class SharedDatabaseTest {

    private SharedInstallation installation;
    private TestHome home;
    private TestHome elsewhere;

    @BeforeEach
    void prepare(@TempDir Path one, @TempDir Path two) throws IOException {
        installation = SharedInstallation.create();
        home = homeIn(one);
        elsewhere = homeIn(two);
    }

    private TestHome homeIn(Path path) throws IOException {
        TestHome made = TestHome.in(path);
        Files.writeString(
                path.resolve("application.properties"),
                "playgrant.database.url=" + installation.database().url() + "\nplaygrant.database.user="
                        + installation.database().user() + "\n",
                StandardOpenOption.APPEND);
        return made;
    }

    @AfterEach
    void drop() {
        installation.close();
    }

    @Test
    void commands_needKeyFiles_whichRingInitMakes() throws IOException {
        String missing = "The key file " + home.data().resolve("hash-key.json")
                + " is missing. Nodes that share a database need the same file: create it once with ring init, or copy it from"
                + " another node";
        assertFailed(home.run("account", "create", "--name", "First"), missing);
        assertFailed(home.run("account", "list"), missing);

        assertThat(home.run("ring", "init").exit()).isZero();
        SharedInstallation.markKeys(home.data());
        home.createAccount("First");
        assertThat(home.run("account", "list").out()).contains("First");
        assertThat(home.data().resolve("playgrant.mv.db")).doesNotExist();
    }

    @Test
    void ringInit_isForTheFirstNodeOnly() throws IOException {
        assertThat(home.run("ring", "init").exit()).isZero();
        SharedInstallation.markKeys(home.data());
        assertFailed(
                elsewhere.run("ring", "init"),
                "The key file " + elsewhere.data().resolve("hash-key.json")
                        + " is missing. Without it no stored authenticator can be checked: copy it from another node, or restore a backup");
        assertThat(elsewhere.data().resolve("hash-key.json")).doesNotExist();
        assertThat(elsewhere.data().resolve("ring.json")).doesNotExist();
        SharedInstallation.copyKeys(home.data(), elsewhere.data());
        assertThat(elsewhere.run("ring", "list").out())
                .isEqualTo(home.run("ring", "list").out());
    }

    @Test
    void backup_isRestoredIntoAnEmptyDatabase(@TempDir Path folder) throws IOException {
        home.run("ring", "init");
        SharedInstallation.markKeys(home.data());
        home.createAccount("First");
        Path file = folder.resolve("playgrant.backup");
        assertThat(home.run("backup", file.toString()).exit()).isZero();
        assertFailed(
                elsewhere.run("restore", file.toString()),
                "The database " + installation.database() + " is not empty; a backup is restored into an empty one");

        Database.clear(installation.database());
        Run restored = elsewhere.run("restore", file.toString());
        assertThat(restored.err()).isEmpty();
        assertThat(restored.out())
                .endsWith(" was restored into " + elsewhere.data() + " and " + installation.database() + ".\n");
        assertThat(elsewhere.run("account", "list").out()).contains("First");
    }

    private static void assertFailed(Run run, String sentence) {
        assertThat(run).isEqualTo(new Run(1, "", "playgrant: " + sentence + "\n"));
    }
}
