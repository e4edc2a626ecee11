package io.playgrant.cli.ring;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.cluster.Heartbeat;
import io.playgrant.cluster.Nodes;
import io.playgrant.cluster.RingKeyTag;
import io.playgrant.contentkey.KeyId;
import io.playgrant.files.JwkFile;
import io.playgrant.keystore.HeldKeyRewrap;
import io.playgrant.keystore.HeldSamples;
import io.playgrant.keystore.StoredKeys.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageRingCommandTest {

    private static final String KEY = secret("8d8d11118d8d22228d8d33338d8d4444");
    private static final Owner OWNER = new Owner(1001, Environment.PRODUCTION);

    private TestHome home;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
        home.createAccount("N");
    }

    @AfterEach
    void markSecrets() {
        if (Files.isRegularFile(file())) {
            JwkFile.secrets(JwkFile.read(file()))
                    .forEach(key -> secret(key.getKeyValue().toString()));
        }
    }

    @Test
    void init_makesARing_andRefusesASecond() throws IOException {
        Run run = home.run("ring", "init", "--storage", "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .matches(
                        "\\{\"storage\":\\{\"active\":\"([0-9a-f]{16})\",\"keys\":\\[\"\\1\"],\"held\":\\{\"\\1\":0}}}\n");
        assertThat(home.run("ring", "list", "--storage", "--json").out()).isEqualTo(run.out());
        assertFailed(home.run("ring", "init", "--storage"), "The key file " + file() + " exists already");
    }

    @Test
    void withoutARing_commandsSaySo() throws IOException {
        for (String[] args : new String[][] {
            {"ring", "list", "--storage"},
            {"ring", "activate", "0011223344556677", "--storage"},
            {"ring", "retire", "0011223344556677", "--storage"}
        }) {
            assertFailed(home.run(args), "There is no storage ring yet; it is created with ring init --storage");
        }
    }

    @Test
    void aKey_isAdded_activated_andRetiredOnceNoHeldKeyNeedsIt() throws IOException {
        try (Application application = home.openApplication()) {
            HeldSamples.hold(application, OWNER, KeyId.ofName("one"), KEY, "film", 1);
            HeldSamples.hold(application, OWNER, KeyId.ofName("two"), KEY, "film", 2);
        }
        markSecrets();
        String old = active();
        String added = home.run("ring", "add", "--storage").out().strip();
        assertThat(active()).isEqualTo(old);
        assertFailed(
                home.run("ring", "retire", old, "--storage"),
                "The key " + old + " still wraps 2 stored keys. After another key was activated, a running server wraps"
                        + " them anew");
        assertThat(home.run("ring", "activate", added, "--storage").out())
                .isEqualTo(
                        "New held keys are now wrapped with " + added + ". A running server wraps the others anew.\n");
        assertThat(home.run("ring", "list", "--storage").out())
                .isEqualTo("KEY               NEW HELD KEYS  HELD KEYS\n" + old + "  -              2\n" + added
                        + "  wrapped        0\n");
        assertFailed(
                home.run("ring", "retire", added, "--storage"),
                "The key " + added + " is the active one of the storage ring; activate another first");
        try (Application application = home.openApplication();
                HeldKeyRewrap rewrap = application.newHeldKeyRewrap()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> application.storedKeys().countHeldBy(added) == 2 && rewrap.left() == 0);
        }
        assertThat(home.run("ring", "retire", old, "--storage").out())
                .isEqualTo("The key " + old + " was removed from the storage ring; no held key needed it.\n");
        try (Application application = home.openApplication()) {
            assertThat(application.storedKeys().currentOf(OWNER, "film", java.time.Instant.now(), 9))
                    .hasSize(2)
                    .allSatisfy(key -> assertThat(
                                    application.heldKeys().open(key.ek(), added).revealHex())
                            .isEqualTo(KEY));
        }
    }

    @Test
    void activateAndRetire_waitForServers() throws IOException {
        home.run("ring", "init", "--storage");
        String old = active();
        try (Application application = home.openApplication();
                Heartbeat stuck = Heartbeat.start(
                        new Nodes(application.database()),
                        () -> application.keyRing().get().tags(),
                        () -> Set.of(new RingKeyTag(old, "", true)),
                        application.schedule())) {
            assertThat(stuck).isNotNull();
            String added = home.run("ring", "add", "--storage").out().strip();
            assertThat(home.run("ring", "activate", added, "--storage", "--wait", "0")
                            .err())
                    .startsWith("playgrant: The key " + added
                            + " was not activated, because keys held with it could not be opened by ");
            assertThat(home.run("ring", "retire", old, "--storage").err())
                    .startsWith("playgrant: The key " + old + " is still the active one of ");
        }
    }

    @Test
    void aLostRing_stopsTheInstallation_untilItIsGivenUp() throws IOException {
        try (Application application = home.openApplication()) {
            HeldSamples.hold(application, OWNER, KeyId.ofName("one"), KEY, "film", 1);
        }
        markSecrets();
        Files.delete(file());
        assertThat(home.run("ring", "list").err())
                .contains("The key file " + file()
                        + " is missing. Without it no key that the service holds can be opened");
        assertThat(home.run("ring", "init", "--storage").err())
                .contains("A storage ring was created before, and 1 held keys cannot be opened without it");
        assertThat(home.run("ring", "init", "--storage", "--force").exit()).isZero();
    }

    @Test
    void wrongUsage_isStatus2() throws IOException {
        assertThat(home.run("ring", "add").exit()).isEqualTo(2);
        assertThat(home.run("ring", "add", "--storage", "--environment", "test").exit())
                .isEqualTo(2);
    }

    private String active() throws IOException {
        return home.run("ring", "list", "--storage", "--json")
                .json()
                .at("/storage/active")
                .textValue();
    }

    private Path file() {
        return home.data().resolve("storage-ring.json");
    }

    private static void assertFailed(Run run, String message) {
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("playgrant: " + message + "\n");
    }
}
