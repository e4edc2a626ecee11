package io.playgrant.config;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Account;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cluster.Heartbeat;
import io.playgrant.cluster.Nodes;
import io.playgrant.cluster.Nodes.Node;
import io.playgrant.contentkey.KeyId;
import io.playgrant.files.DataFolder;
import io.playgrant.files.JwkFile;
import io.playgrant.keystore.HeldSamples;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.keystore.held.StorageRingFile;
import io.playgrant.route.Issuer;
import io.playgrant.storage.StorageException;
import io.playgrant.token.sealing.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes with folders of their own on one database. */
class SharedRoomsTest {

    private static final Duration SOME_SECONDS = Duration.ofSeconds(20);

    private SharedInstallation installation;
    private Path one;
    private Path two;

    @BeforeEach
    void create(@TempDir Path folder) {
        installation = SharedInstallation.create();
        one = folder.resolve("one");
        two = folder.resolve("two");
    }

    @AfterEach
    void drop() {
        installation.close();
    }

    @Test
    void keyFiles_mustBeGiven() throws IOException {
        assertThatThrownBy(() -> open(one).close())
                .isInstanceOf(StorageException.class)
                .hasMessage(missing(one.resolve("hash-key.json")));
        installation.makeKeys(one);
        open(one).close();
        Files.delete(one.resolve("ring.json"));
        assertThatThrownBy(() -> open(one).close())
                .isInstanceOf(StorageException.class)
                .hasMessage(missing(one.resolve("ring.json")));
        assertThat(one.resolve("ring.json")).doesNotExist();
        assertThat(one.resolve("playgrant.mv.db")).doesNotExist();
    }

    private static String missing(Path file) {
        return "The key file " + file
                + " is missing. Nodes that share a database need the same file: create it once with ring init, or copy it from another node";
    }

    @Test
    void nodesWithTheSameKeys_shareAccounts() throws IOException {
        installation.makeKeys(one);
        SharedInstallation.copyKeys(one, two);
        try (Application first = open(one);
                Application second = open(two);
                Heartbeat firstBeat = first.newHeartbeat();
                Heartbeat secondBeat = second.newHeartbeat()) {
            first.accounts().create("First", Profile.STRICT, List.<AddressRange>of());
            assertThat(second.accounts().list()).extracting(Account::name).containsExactly("First");
            assertThat(new Nodes(second.database()).live()).hasSize(2);
            assertThat(firstBeat).isNotSameAs(secondBeat);
        }
    }

    @Test
    void storageRing_isGiven_andNeededOnceAKeyIsHeld() throws IOException {
        installation.makeKeys(one);
        SharedInstallation.copyKeys(one, two);
        try (Application first = open(one)) {
            assertThatThrownBy(() -> first.heldKeys().activeId())
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith(
                            "The key file " + one.resolve("storage-ring.json") + " is missing. Without it no key");
            StorageRingFile.create(DataFolder.open(one), first.audit(), new SecureRandom(), "test");
            JwkFile.secrets(JwkFile.read(one.resolve("storage-ring.json")))
                    .forEach(key -> secret(key.getKeyValue().toString()));
            open(two).close();
            long account = first.accounts()
                    .create("First", Profile.STRICT, List.<AddressRange>of())
                    .account()
                    .number();
            HeldSamples.hold(
                    first,
                    new Owner(account, Environment.PRODUCTION),
                    KeyId.ofName("held"),
                    secret("aeae1111aeae2222aeae3333aeae4444"),
                    "film",
                    1);
        }
        assertThatThrownBy(() -> open(two).close())
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith(
                        "The key file " + two.resolve("storage-ring.json") + " is missing. Without it no key");
    }

    @Test
    void nodeWithAnotherHashKey_isRefused() throws IOException {
        installation.makeKeys(one);
        open(one).close();
        copyKeysOfAnotherInstallation();
        Files.copy(one.resolve("ring.json"), two.resolve("ring.json"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> open(two).close())
                .isInstanceOf(StorageException.class)
                .hasMessage("The key file " + two.resolve("hash-key.json")
                        + " is not the one with which the authenticators in this database were hashed");
    }

    @Test
    void nodeWithAnotherRing_isRefusedBesideTheOther_andForgotten() throws Exception {
        installation.makeKeys(one);
        copyKeysOfAnotherInstallation();
        Files.copy(one.resolve("hash-key.json"), two.resolve("hash-key.json"), StandardCopyOption.REPLACE_EXISTING);
        try (Application first = open(one);
                Application second = open(two)) {
            try (Heartbeat beat = first.newHeartbeat()) {
                assertThat(beat).isNotNull();
                assertThatThrownBy(() -> second.newHeartbeat().close())
                        .isInstanceOf(StorageException.class)
                        .hasMessageStartingWith("The key rings of the nodes do not fit together: ");
                assertThat(new Nodes(first.database()).live()).hasSize(1);
                assertThatThrownBy(() -> Issuer.open(second).close())
                        .isInstanceOf(StorageException.class)
                        .hasMessageStartingWith("The key rings of the nodes do not fit together: ");
                Issuer.open(first).close();
            }
            Issuer.open(second).close();
        }
    }

    @Test
    void ring_canBeRotated_nodeByNode() throws Exception {
        installation.makeKeys(one);
        SharedInstallation.copyKeys(one, two);
        try (Application first = open(one);
                Application second = open(two);
                Heartbeat firstBeat = first.newHeartbeat();
                Heartbeat secondBeat = second.newHeartbeat()) {
            Nodes nodes = new Nodes(first.database());
            String old = first.keyRing().get().activeId(Environment.TEST);
            String added = first.keyRingEditor().add(Environment.TEST);
            SharedInstallation.markKeys(one);
            assertThat(nodes.awaitRingKey(added, Node::ringKeys, Duration.ZERO)).isNotEmpty();
            SharedInstallation.copyKeys(one, two);
            assertThat(nodes.awaitRingKey(added, Node::ringKeys, SOME_SECONDS)).isEmpty();
            secondBeat.requireAgreement();

            first.keyRingEditor().activate(Environment.TEST, added);
            awaitActive(first.keyRing(), added);
            secondBeat.requireAgreement();
            SharedInstallation.copyKeys(one, two);
            awaitActive(second.keyRing(), added);

            first.keyRingEditor().retire(Environment.TEST, old);
            firstBeat.requireAgreement();
            secondBeat.requireAgreement();
        }
    }

    private static void awaitActive(Supplier<KeyRing> ring, String id) {
        await().atMost(SOME_SECONDS)
                .until(() -> ring.get().activeId(Environment.TEST).equals(id));
    }

    private void copyKeysOfAnotherInstallation() throws IOException {
        try (SharedInstallation other = SharedInstallation.create()) {
            other.makeKeys(two);
        }
    }

    private Application open(Path data) {
        return Application.open(installation.settings(data));
    }
}
