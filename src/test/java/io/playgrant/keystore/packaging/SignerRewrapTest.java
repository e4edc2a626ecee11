package io.playgrant.keystore.packaging;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Accounts;
import io.playgrant.account.AuthenticatorHash;
import io.playgrant.account.Profile;
import io.playgrant.account.StoredSigner;
import io.playgrant.audit.Audit;
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
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class SignerRewrapTest {

    private static final Duration SOME_SECONDS = Duration.ofSeconds(30);
    private static final String KEY = secret("51617e6651617e6600112233445566aa");
    private static final String IV = secret("51617e6651617e6600112233445566bb");

    @AutoClose
    private final Schedule schedule = new Schedule();

    @TempDir
    private Path path;

    private Database database;
    private Accounts accounts;
    private StorageRingFile ring;
    private HeldKeys held;
    private StorageRingEditor editor;
    private long account;

    @BeforeEach
    void open(TestDatabase databases) {
        database = databases.open();
        DataFolder folder = DataFolder.open(path);
        Audit audit = new Audit(database, Clock.systemUTC(), "tester");
        accounts = new Accounts(
                database, new AuthenticatorHash(new byte[32]), audit, Clock.systemUTC(), new SecureRandom());
        StorageRingFile.create(folder, audit, new SecureRandom(), "test");
        ring = new StorageRingFile(folder, schedule);
        held = new HeldKeys(ring::get, () -> ring.refreshed().orElseThrow());
        editor = new StorageRingEditor(folder, audit, new SecureRandom(), accounts.signers()::countHeldBy);
        account = accounts.create("N", Profile.STRICT, List.of()).account().number();
        accounts.signers()
                .add(
                        account,
                        new SignerSecrets(held)
                                .aes(
                                        "studio",
                                        HexFormat.of().parseHex(KEY),
                                        HexFormat.of().parseHex(IV)));
    }

    @AfterEach
    void close() {
        JwkFile.secrets(JwkFile.read(path.resolve(StorageRingFile.NAME)))
                .forEach(key -> secret(key.getKeyValue().toString()));
        ring.close();
        database.close();
    }

    @Test
    void secrets_areWrappedAnew_afterAnotherKeyWasActivated() {
        String old = held.activeId();
        String active = editor.add();
        ring.refreshed();
        editor.activate(active);
        ring.refreshed();
        try (SignerRewrap rewrap = rewrap()) {
            assertThat(rewrap).isNotNull();
            await().atMost(SOME_SECONDS).until(() -> active.equals(signer().heldBy()));
        }
        assertThat(accounts.signers().countHeldBy(old)).isZero();
        assertThat(accounts.find(account).orElseThrow().revision()).isEqualTo(accounts.revision());
        String opened = new SignerSecrets(held)
                .open(
                        signer(),
                        (key, iv) ->
                                HexFormat.of().formatHex(key) + HexFormat.of().formatHex(iv));
        assertThat(opened).isEqualTo(KEY + IV);
    }

    private SignerRewrap rewrap() {
        return new SignerRewrap(accounts.signers(), held, () -> ring.get().isPresent(), id -> true, schedule);
    }

    private StoredSigner signer() {
        return accounts.find(account).orElseThrow().signers().get(0);
    }
}
