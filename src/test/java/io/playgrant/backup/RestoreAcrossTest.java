package io.playgrant.backup;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.Account;
import io.playgrant.account.Accounts;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.account.QueueCharges.Debt;
import io.playgrant.app.Application;
import io.playgrant.audit.AuditEntry;
import io.playgrant.config.SharedInstallation;
import io.playgrant.config.TestInstallation;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.license.Redemptions;
import io.playgrant.storage.Database;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of one kind of database, restored into the other. */
class RestoreAcrossTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Owner OWNER = new Owner(1001, Environment.TEST);
    private static final Claims REDEEMED = new ClaimsBuilder().maxRedemptions(2).build();
    private static final StoredKey STORED = new StoredKey(
            KeyId.ofName("film"),
            EncryptedKey.ofHex(secret("3faf1dae9201d1adf62770dca5ddb77ad773a79369e39986")),
            "#1.0",
            "Zwölf 🎬\n\ttext",
            null,
            NOW.plusNanos(123_456_000),
            NOW);

    private SharedInstallation installation;
    private Path file;
    private Path data;
    private Path target;

    @BeforeEach
    void create(@TempDir Path folder) {
        installation = SharedInstallation.create();
        file = folder.resolve("backup.zip");
        data = folder.resolve("data");
        target = folder.resolve("target");
    }

    @AfterEach
    void drop() {
        installation.close();
    }

    @Test
    void embeddedDatabase_canBeMovedToAServer() {
        List<Account> accounts;
        List<AuditEntry> audit;
        try (Application application = TestInstallation.open(data)) {
            SharedInstallation.markKeys(data);
            fill(application);
            accounts = application.accounts().list();
            audit = application.audit().list(OptionalLong.empty(), 10);
            backup(application);
        }
        restore(target, installation);
        try (Application application = Application.open(installation.settings(target))) {
            assertHolds(application, accounts, audit);
        }
    }

    @Test
    void databaseOnAServer_canBeMovedToAnEmbeddedOne() {
        installation.makeKeys(data);
        List<Account> accounts;
        List<AuditEntry> audit;
        try (Application application = Application.open(installation.settings(data))) {
            fill(application);
            accounts = application.accounts().list();
            audit = application.audit().list(OptionalLong.empty(), 10);
            backup(application);
        }
        new Restore(file, Clock.systemUTC()).into(target);
        try (Application application = TestInstallation.open(target)) {
            assertHolds(application, accounts, audit);
        }
    }

    @Test
    void databaseOnAServer_mustBeEmpty() {
        installation.makeKeys(data);
        try (Application application = Application.open(installation.settings(data))) {
            fill(application);
            backup(application);
            assertThatThrownBy(() -> restore(target, installation))
                    .isInstanceOf(BackupException.class)
                    .hasMessage("The database " + installation.database()
                            + " is not empty; a backup is restored into an empty one");
            assertThat(application.accounts().list()).hasSize(2);
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void failedRestore_leavesTheDatabaseEmpty() throws IOException {
        try (Application application = TestInstallation.open(data)) {
            SharedInstallation.markKeys(data);
            fill(application);
            application.database().withHandle(handle -> handle.execute("update installation set fact = 'another'"));
            backup(application);
        }
        assertThatThrownBy(() -> restore(target, installation))
                .isInstanceOf(BackupException.class)
                .hasMessage("The backup " + file + " is damaged: its authenticators were hashed with another key");
        assertThat(Database.isEmpty(installation.database())).isTrue();
        assertThat(Files.exists(target)).isFalse();
    }

    private static void fill(Application application) {
        create(application, "First");
        create(application, "Zwölf 🎬");
        application.database().withHandle(handle -> handle.execute("insert into credit values (1001, 5, 1)"));
        application.database().withHandle(handle -> handle.execute("update account set rate = 7 where number = 1002"));
        assertThat(application.queueCharges().settle("kafka:requests:0", List.of(new Debt(7, 0, 1001))))
                .containsExactly(true);
        assertThat(application.storedKeys().create(OWNER, STORED).isNew()).isTrue();
        Redemptions redemptions = application.redemptions();
        redemptions.confirm(redemptions.reserve(REDEEMED, new byte[] {1}));
    }

    private static Accounts.Created create(Application application, String name) {
        Accounts.Created created = application.accounts().create(name, Profile.LENIENT, List.of());
        created.authenticators()
                .values()
                .forEach(authenticator -> secret(HexFormat.of().formatHex(authenticator.secret())));
        return created;
    }

    private void backup(Application application) {
        new Backup(application.dataFolder(), application.database(), Clock.systemUTC()).write(file, "test");
    }

    private void restore(Path folder, SharedInstallation into) {
        new Restore(file, Clock.systemUTC()).into(folder, Optional.of(into.database()));
    }

    private static void assertHolds(Application application, List<Account> accounts, List<AuditEntry> audit) {
        assertThat(application.accounts().list()).usingRecursiveComparison().isEqualTo(accounts);
        assertThat(application.audit().list(OptionalLong.empty(), 10))
                .containsAll(audit)
                .hasSize(audit.size() + 1);
        assertThat(application.storedKeys().find(OWNER, STORED.kid())).contains(STORED);
        assertThat(application.redemptions().used(REDEEMED)).isEqualTo(1);
        assertThat(application.queueCharges().settle("kafka:requests:0", List.of(new Debt(7, 0, 1001))))
                .containsExactly(true);
        assertThat(application.accounts().find(1001).orElseThrow().credits().most())
                .isEqualTo(4);
        Accounts.Created next = create(application, "Next");
        assertThat(next.account().number()).isEqualTo(1003);
        assertThat(application
                        .accounts()
                        .authenticators()
                        .add(1003, Environment.TEST)
                        .map(added -> secret(
                                HexFormat.of().formatHex(added.authenticator().secret()))))
                .isPresent();
    }
}
