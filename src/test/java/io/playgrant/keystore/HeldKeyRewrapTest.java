package io.playgrant.keystore;

import static io.playgrant.TestSecrets.secret;
import static io.playgrant.keystore.SampleKeys.OWNER;
import static io.playgrant.keystore.SampleKeys.kid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.audit.Audit;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.files.DataFolder;
import io.playgrant.files.JwkFile;
import io.playgrant.keystore.held.HeldKeys;
import io.playgrant.keystore.held.StorageRingEditor;
import io.playgrant.keystore.held.StorageRingFile;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import io.playgrant.time.Schedule;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class HeldKeyRewrapTest {

    private static final Duration SOME_SECONDS = Duration.ofSeconds(20);
    private static final ContentKey KEY = ContentKey.ofHex(secret("9e9e11119e9e22229e9e33339e9e4444"));

    @AutoClose
    private final Schedule schedule = new Schedule();

    @TempDir
    private Path path;

    private Database database;
    private Database another;
    private DatabaseKeys keys;
    private StorageRingFile ring;
    private HeldKeys held;
    private StorageRingEditor editor;
    private String old;

    @BeforeEach
    void open(TestDatabase databases) {
        database = databases.open();
        another = databases.open();
        keys = new DatabaseKeys(database);
        SampleKeys.makeAccounts(database);
        DataFolder folder = DataFolder.open(path);
        Audit audit = new Audit(database, Clock.systemUTC(), "tester");
        StorageRingFile.create(folder, audit, new SecureRandom(), "test");
        ring = new StorageRingFile(folder, schedule);
        held = new HeldKeys(ring::get, () -> ring.refreshed().orElseThrow());
        editor = new StorageRingEditor(folder, audit, new SecureRandom(), keys::countHeldBy);
        old = held.activeId();
        keys.createAll(
                OWNER,
                IntStream.range(0, 250)
                        .mapToObj(i -> new StoredKey(
                                kid(i), held.wrap(KEY, old), "", null, "film", null, SampleKeys.NOW, old, null))
                        .toList());
        keys.create(OWNER, SampleKeys.key(kid(1_000)));
    }

    @AfterEach
    void close() {
        JwkFile.secrets(JwkFile.read(path.resolve(StorageRingFile.NAME)))
                .forEach(key -> secret(key.getKeyValue().toString()));
        ring.close();
        another.close();
        database.close();
    }

    @Test
    void twoNodes_wrapEachKeyAnew_andChangeNothingElse() {
        String active = activateAnother();
        try (HeldKeyRewrap one = rewrap(database, true);
                HeldKeyRewrap other = rewrap(another, true)) {
            await().atMost(SOME_SECONDS).until(() -> keys.holders().equals(List.of(active)));
            await().atMost(SOME_SECONDS).until(() -> one.left() + other.left() == 0);
            assertThat(one.problem()).isEmpty();
            assertThat(other.problem()).isEmpty();
        }
        assertThat(keys.countHeldBy(active)).isEqualTo(250);
        StoredKey key = keys.find(OWNER, kid(7)).orElseThrow();
        assertThat(held.open(key.ek(), active)).isEqualTo(KEY);
        assertThat(key.lastUpdate()).isEqualTo(SampleKeys.NOW);
        assertThat(keys.find(OWNER, kid(1_000))).contains(SampleKeys.key(kid(1_000)));
        editor.retire(old);
    }

    @Test
    void whileNodesDoNotAgree_nothingIsDone_butWhatIsLeftIsCounted() {
        activateAnother();
        AtomicBoolean agreed = new AtomicBoolean();
        try (HeldKeyRewrap rewrap = new HeldKeyRewrap(database, held, ring::get, id -> agreed.get(), schedule)) {
            await().atMost(SOME_SECONDS).until(() -> rewrap.left() == 250);
            assertThat(keys.holders()).containsExactly(old);
            agreed.set(true);
            await().atMost(SOME_SECONDS).until(() -> rewrap.left() == 0);
        }
    }

    @Test
    void aKeyThatTheRingLacks_isAProblem() {
        keys.create(OWNER, SampleKeys.heldKey(kid(2_000), "film"));
        try (HeldKeyRewrap rewrap = rewrap(database, true)) {
            await().atMost(SOME_SECONDS).until(() -> rewrap.problem().isPresent());
            assertThat(rewrap.problem())
                    .contains("held keys cannot be wrapped anew: The storage ring does not have the key "
                            + SampleKeys.RING_KEY);
        }
    }

    private HeldKeyRewrap rewrap(Database where, boolean agreed) {
        return new HeldKeyRewrap(where, held, ring::get, id -> agreed, schedule);
    }

    private String activateAnother() {
        String added = editor.add();
        editor.activate(added);
        ring.refreshed();
        return added;
    }
}
