package io.playgrant.backup;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.playgrant.account.Account;
import io.playgrant.account.Accounts;
import io.playgrant.account.Environment;
import io.playgrant.account.HashKeyFile;
import io.playgrant.account.Profile;
import io.playgrant.account.QueueCharges;
import io.playgrant.app.Application;
import io.playgrant.audit.AuditEntry;
import io.playgrant.config.TestInstallation;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.files.DataFolder;
import io.playgrant.files.JwkFile;
import io.playgrant.keystore.HeldSamples;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys;
import io.playgrant.license.Redemptions;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import io.playgrant.operator.SignIn;
import io.playgrant.storage.Database;
import io.playgrant.storage.Installation;
import io.playgrant.time.Schedule;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import io.playgrant.token.sealing.KeyRingFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.5Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final Claims REDEEMED =
            new ClaimsBuilder().expiresAt(NOW.plusSeconds(60)).maxRedemptions(9).build();

    private static final List<QueueCharges.Debt> PAID_AND_NOT =
            List.of(new QueueCharges.Debt(7, 0, 1001), new QueueCharges.Debt(7, 1, 1002));

    private static final StoredKeys.Owner OWNER = new StoredKeys.Owner(1002, Environment.TEST);
    private static final EncryptedKey EK =
            EncryptedKey.ofHex(secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986"));
    private static final StoredKey STORED =
            new StoredKey(KeyId.ofName("film"), EK, "#1.0", "Zwölf 🎬", "film", NOW.plusSeconds(60), NOW);
    private static final StoredKey BARE = new StoredKey(KeyId.ofName("bare"), EK, "#1.0", null, null, null, NOW);

    @AutoClose
    private final Schedule schedule = new Schedule();

    private Path folder;
    private Path source;
    private Path file;
    private Path target;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        this.folder = folder;
        source = folder.resolve("source");
        file = folder.resolve("backup.zip");
        target = folder.resolve("elsewhere/data");
    }

    @Test
    void installation_isTheSameElsewhere() throws IOException {
        String ring;
        List<Account> accounts;
        List<AuditEntry> audit;
        try (Application application = open(source)) {
            create(application, "First");
            create(application, "Zwölf 🎬 \"quoted\"");
            application.database().withHandle(handle -> handle.execute("insert into credit values (1001, 5, 1)"));
            application.database().withHandle(handle -> handle.execute("insert into credit values (1002, 0, 1)"));
            application
                    .database()
                    .withHandle(handle -> handle.execute("update account set rate = 7 where number = 1002"));
            assertThat(application.queueCharges().settle("kafka:requests:0", PAID_AND_NOT))
                    .containsExactly(true, false);
            assertThat(List.of(
                            application.storedKeys().create(OWNER, STORED),
                            application.storedKeys().create(OWNER, BARE)))
                    .allMatch(StoredKeys.Created::isNew);
            application.storedKeys().update(OWNER, BARE.kid(), key -> key);
            redeem(application, 1);
            application
                    .database()
                    .withHandle(handle ->
                            handle.execute("insert into usage_hour values (1002, 7, 'test', 'token', 'http', 0, 9)"));
            application.dataFolder().write("demo.txt", "production=1001,x\n");
            backup(application);
            redeem(application, 2);
            create(application, "after the backup");
            ring = Files.readString(source.resolve("ring.json"));
            accounts = application.accounts().list();
            audit = application.audit().list(OptionalLong.empty(), 10);
        }
        assertThat(mode(file)).isEqualTo("rw-------");

        assertThat(new Restore(file, CLOCK).into(target).createdAt()).isEqualTo("2026-11-23T12:00:00Z");

        assertThat(mode(target)).isEqualTo("rwx------");
        assertThat(names(target))
                .containsExactlyInAnyOrder("playgrant.mv.db", "ring.json", "hash-key.json", "demo.txt");
        for (String name : List.of("ring.json", "hash-key.json", "demo.txt")) {
            assertThat(mode(target.resolve(name))).isEqualTo("rw-------");
        }
        assertThat(target.resolve("ring.json")).hasContent(ring);
        assertThat(target.resolve("demo.txt")).hasContent("production=1001,x\n");
        try (Application application = open(target)) {
            assertThat(application.accounts().list()).usingRecursiveComparison().isEqualTo(accounts.subList(0, 2));
            assertThat(number(application, "select balance from credit where account = 1001"))
                    .isEqualTo(4);
            // What was paid for there is not paid for again here.
            assertThat(application.queueCharges().settle("kafka:requests:0", PAID_AND_NOT))
                    .containsExactly(true, false);
            assertThat(number(application, "select balance from credit where account = 1001"))
                    .isEqualTo(4);
            assertThat(number(application, "select rate from account where number = 1002"))
                    .isEqualTo(7);
            assertThat(number(application, "select answers from usage_hour where account = 1002 and slot = 7"))
                    .isEqualTo(9);
            assertThat(application.storedKeys().findAll(OWNER, List.of(STORED.kid(), BARE.kid())))
                    .containsOnly(Map.entry(STORED.kid(), STORED), Map.entry(BARE.kid(), BARE));
            assertThat(application.storedKeys().count(OWNER)).isEqualTo(2);
            assertThat(application.redemptions().used(REDEEMED)).isEqualTo(1);
            redeem(application, 3);
            assertThat(application.redemptions().used(REDEEMED)).isEqualTo(2);
            assertThat(application.audit().list(OptionalLong.empty(), 10))
                    .startsWith(new AuditEntry(
                            CLOCK.instant(),
                            System.getProperty("user.name"),
                            "restore",
                            OptionalLong.empty(),
                            "backup of 2026-11-23T12:00:00Z by playgrant test"))
                    .endsWith(audit.get(1), audit.get(2))
                    .hasSize(3);
            assertThat(create(application, "Third").account().number()).isEqualTo(1003);
        }
    }

    private static void redeem(Application application, int challenge) {
        Redemptions redemptions = application.redemptions();
        redemptions.confirm(redemptions.reserve(REDEEMED, new byte[] {(byte) challenge}));
    }

    @Test
    void numbers_goOnAfterThoseOfDeletedAccounts() {
        try (Application application = open(source)) {
            create(application, "First");
            create(application, "Last");
            application.database().inTransaction(handle -> {
                handle.execute("delete from authenticator where account = 1002");
                return handle.execute("delete from account where number = 1002");
            });
            backup(application);
        }
        new Restore(file, CLOCK).into(target);
        try (Application application = open(target)) {
            assertThat(create(application, "Next").account().number()).isEqualTo(1003);
        }
    }

    @Test
    void backupUnderLoad_isOfOneMoment() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try (Application application = open(source)) {
            List<Future<?>> writers = Stream.of("a", "b")
                    .<Future<?>>map(name -> executor.submit(() -> {
                        while (!enough.get()) {
                            create(application, name);
                        }
                    }))
                    .toList();
            for (int i = 0; i < 5; i++) {
                Files.deleteIfExists(file);
                long before = application.accounts().revision();
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> application.accounts().revision() > before);
                backup(application);
            }
            enough.set(true);
            for (Future<?> writer : writers) {
                writer.get(20, TimeUnit.SECONDS);
            }
        } finally {
            enough.set(true);
            executor.shutdownNow();
        }
        new Restore(file, CLOCK).into(target);
        try (Application application = open(target)) {
            long accounts = number(application, "select count(*) from account");
            assertThat(accounts).isPositive();
            assertThat(application.accounts().revision())
                    .isEqualTo(accounts)
                    .isEqualTo(number(application, "select max(revision) from account"));
            assertThat(number(application, "select count(*) from authenticator"))
                    .isEqualTo(2 * accounts);
            assertThat(number(application, "select count(*) from audit")).isEqualTo(accounts + 1);
            long greatest = number(application, "select max(number) from account");
            assertThat(create(application, "next").account().number()).isGreaterThan(greatest);
        }
    }

    @Test
    void backupOfAnOlderProgram_isMigrated() {
        DataFolder old = DataFolder.open(source);
        try (Database database = Database.openEmbedded(source, "1")) {
            Installation installation = new Installation(database);
            HashKeyFile.readOrCreate(old, installation, new SecureRandom());
            KeyRingFile.open(old, installation, new SecureRandom(), schedule).close();
            database.inTransaction(handle -> handle.execute("""
                    insert into account (number, name, profile, enabled, widevine, networks, created_at, revision)
                    values (nextval('account_number'), 'Old', 'strict', true, true, '', current_timestamp, 1)
                    """));
            new Backup(old, database, CLOCK).write(file, "playgrant of old");
        }
        assertThat(new Restore(file, CLOCK).into(target).schema()).isEqualTo("1");
        try (Application application = open(target)) {
            assertThat(application.accounts().list()).extracting(Account::name).containsExactly("Old");
            assertThat(create(application, "New").account().number()).isEqualTo(1002);
        }
    }

    @Test
    void tables_areKeptOrLeftOutOnPurpose(@TempDir Path other) {
        try (Database database = Database.openEmbedded(other)) {
            List<String> tables = database.withHandle(handle -> handle.createQuery(
                            "select table_name from information_schema.tables where table_schema = 'public'")
                    .mapTo(String.class)
                    .list());
            List<String> sequences = database.withHandle(handle -> handle.createQuery(
                            "select sequence_name from information_schema.sequences where sequence_schema = 'public'")
                    .mapTo(String.class)
                    .list());
            assertThat(tables)
                    .containsAll(Table.KEPT)
                    .hasSize(Table.KEPT.size() + 14)
                    .contains(
                            "idempotency_key",
                            "node",
                            "record",
                            "record_block",
                            "service_certificate",
                            "redemption_reservation",
                            "request_time_hour",
                            "request_time_minute",
                            "operator_session",
                            "operator_address",
                            "sign_in_failure",
                            "stored_key_revision",
                            "stored_key_change",
                            "flyway_schema_history");
            assertThat(sequences).containsAll(Sequences.KEPT);
        }
    }

    @Test
    void operators_areKept_withoutTheirSessions() throws IOException {
        try (Application application = open(source)) {
            Operators.Created created = application.operators().create("ada", Role.ADMIN, secrets -> {
                secret(secrets.password().reveal());
                secret(secrets.apiToken().reveal());
            });
            assertThat(signIn(application, created)).isInstanceOf(SignIn.SignedIn.class);
            backup(application);
            new Restore(file, CLOCK).into(target);
            try (Application restored = open(target)) {
                assertThat(restored.operators().list()).containsExactly(created.operator());
                assertThat(restored.sessions().list(OptionalLong.empty())).isEmpty();
                assertThat(signIn(restored, created)).isInstanceOf(SignIn.SignedIn.class);
            }
        }
    }

    private static SignIn.Result signIn(Application application, Operators.Created created) {
        return new SignIn(application.database(), application.audit(), application.clock(), application.random())
                .signIn("ada", created.password(), "192.0.2.1");
    }

    @Test
    void backup_overwritesNothing() throws IOException {
        Files.writeString(file, "mine");
        try (Application application = open(source)) {
            assertThatThrownBy(() -> backup(application))
                    .isInstanceOf(BackupException.class)
                    .hasMessage("The file " + file + " exists already");
            Path nowhere = folder.resolve("nowhere/backup.zip");
            assertThatThrownBy(() ->
                            new Backup(application.dataFolder(), application.database(), CLOCK).write(nowhere, "test"))
                    .isInstanceOf(BackupException.class)
                    .hasMessage("The file " + nowhere + " cannot be written: there is no such file or folder");
        }
        assertThat(file).hasContent("mine");
        assertThat(names(folder)).containsExactlyInAnyOrder("source", "backup.zip");
    }

    @Test
    void backupThatFails_leavesNothing() throws IOException {
        try (Application application = open(source)) {
            create(application, "First");
            application.database().withHandle(handle -> handle.execute("alter table audit add column x float"));
            assertThatThrownBy(() -> backup(application)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(names(folder)).containsExactly("source");
    }

    @Test
    void folderThatIsNotEmpty_isRefused() throws IOException {
        makeBackup();
        Files.createDirectories(target);
        Files.writeString(target.resolve("note.txt"), "mine");
        assertRefused("The data folder " + target
                + " (PLAYGRANT_DATA_DIR) is not empty; a backup is restored into an empty one");
        assertThat(names(target)).containsExactly("note.txt");
    }

    @Test
    void folderThatIsInUse_isRefused() {
        makeBackup();
        try (Application application = open(target)) {
            assertRefused("The data folder " + target
                    + " (PLAYGRANT_DATA_DIR) is not empty; a backup is restored into an empty one");
            assertThat(application.accounts().list()).isEmpty();
        }
    }

    @Test
    void emptyFolder_isFilled_andStaysTheSameFolder() throws IOException {
        makeBackup();
        Files.createDirectories(target);
        Object before = Files.getAttribute(target, "unix:ino");
        Files.writeString(target.resolve(".lock"), "");
        new Restore(file, CLOCK).into(target);
        assertThat(Files.getAttribute(target, "unix:ino")).isEqualTo(before);
        assertThat(names(target)).containsExactlyInAnyOrder("playgrant.mv.db", "ring.json", "hash-key.json", ".lock");
    }

    @Test
    void fileThatIsNoBackup_isRefused() throws IOException {
        assertRefused("The backup " + file + " cannot be read: there is no such file or folder");
        Files.writeString(file, "");
        assertRefused("The file " + file + " is not a backup, or is incomplete");
        Files.writeString(file, "This is no archive.\n".repeat(100));
        assertRefused("The file " + file + " is not a backup, or is incomplete");
        zip(Map.of("readme.txt", "hello"));
        assertRefused("The file " + file + " is not a backup of Playgrant");
    }

    @Test
    void truncatedBackup_isRefused() throws IOException {
        makeBackup();
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {1, 100, whole.length / 2, whole.length - 23, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> new Restore(file, CLOCK).into(target))
                    .isInstanceOf(BackupException.class)
                    .hasMessageStartingWith("The ");
            assertNothingWasMade();
        }
    }

    @Test
    void damagedBackup_isRefused() throws IOException {
        makeBackup();
        byte[] whole = Files.readAllBytes(file);
        for (int at = 40; at < whole.length - 400; at += 97) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            Files.write(file, damaged);
            try {
                new Restore(file, CLOCK).into(target);
                // What was hit means nothing, such as a time in the archive's directory.
                deleteTarget();
            } catch (BackupException e) {
                assertNothingWasMade();
            }
        }
    }

    @Test
    void entriesThatNoBackupHas_areRefused() throws IOException {
        makeBackup();
        Map<String, String> entries = entries();
        for (String name : List.of("../evil.txt", "/etc/evil", "tables/node.jsonl", "playgrant.mv.db", "a/")) {
            Map<String, String> more = new LinkedHashMap<>(entries);
            more.put(name, "");
            zip(signed(more));
            assertRefused("The file " + file + " is not a backup of Playgrant");
        }
        assertThat(names(folder)).containsExactlyInAnyOrder("source", "backup.zip");
    }

    @Test
    void missingEntries_areRefused() throws IOException {
        makeBackup();
        Map<String, String> entries = entries();
        for (String name : List.of("ring.json", "hash-key.json", "tables/account.jsonl", "tables/audit.jsonl")) {
            Map<String, String> less = new LinkedHashMap<>(entries);
            less.remove(name);
            zip(signed(less));
            assertRefused("The backup " + file + " is damaged: it is incomplete");
        }
        entries.remove("ring.json");
        zip(entries);
        assertRefused("The backup " + file + " is damaged: it is incomplete");
    }

    @Test
    void heldKeys_openElsewhere_andNeedTheStorageRing() throws IOException {
        String key = secret("adad1111adad2222adad3333adad4444");
        StoredKeys.Owner owner;
        try (Application application = open(source)) {
            owner = new StoredKeys.Owner(create(application, "First").account().number(), Environment.PRODUCTION);
            HeldSamples.hold(application, owner, KeyId.ofName("held"), key, "film", 2);
            JwkFile.secrets(JwkFile.read(source.resolve("storage-ring.json")))
                    .forEach(one -> secret(one.getKeyValue().toString()));
            backup(application);
        }
        new Restore(file, CLOCK).into(target);
        try (Application restored = open(target)) {
            StoredKey held =
                    restored.storedKeys().currentOf(owner, "film", NOW, 9).get(0);
            assertThat(restored.heldKeys()
                            .open(held.ek(), Objects.requireNonNull(held.heldBy()))
                            .revealHex())
                    .isEqualTo(key);
            assertThat(held.trackType()).isEqualTo(2);
        }
        deleteTarget();
        Map<String, String> entries = entries();
        entries.remove("storage-ring.json");
        zip(signed(entries));
        assertThatThrownBy(() -> new Restore(file, CLOCK).into(target))
                .isInstanceOf(BackupException.class)
                .hasMessage("The backup " + file + " is damaged: it has held keys, but no storage-ring.json");
    }

    @Test
    void changedEntry_isRefused() throws IOException {
        makeBackup();
        Map<String, String> entries = entries();
        entries.merge("tables/account.jsonl", "\n", String::concat);
        zip(entries);
        assertRefused("The backup " + file + " is damaged: tables/account.jsonl does not match its checksum");
    }

    @Test
    void forgedEntries_areRefused() throws IOException {
        makeBackup();
        assertForgeryRefused("ring.json", "{}", "cannot be restored: The key file ring.json is not a JWK Set");
        assertForgeryRefused(
                "hash-key.json",
                "{\"keys\":[]}",
                "cannot be restored: The key file hash-key.json must contain one key");
        assertForgeryRefused("ring.json", " ".repeat(1_048_577), "contains a file that is too large");
        assertForgeryRefused("tables/account.jsonl", "{\"number\":1}", "cannot be restored: a row of other columns");
        assertForgeryRefused(
                "tables/account_revision.jsonl", "{\"revision\":\"drop\"}", "cannot be restored: not a number");
        assertForgeryRefused("tables/account_revision.jsonl", "[1]", "cannot be restored: not rows of JSON");
        assertForgeryRefused(
                "tables/installation.jsonl", "", "is damaged: its authenticators were hashed with another key");
        Map<String, String> entries = entries();
        assertForgeryRefused(
                "tables/account.jsonl",
                Objects.requireNonNull(entries.get("tables/account.jsonl")).replaceAll("strict|lenient", "evil"),
                "is damaged: it contains an account that cannot be read");
        String row = "{\"account\":9,\"balance\":1,\"epoch\":1}";
        entries.put("tables/credit.jsonl", row);
        zip(signed(entries));
        assertThatThrownBy(() -> new Restore(file, CLOCK).into(target))
                .isInstanceOf(BackupException.class)
                .hasMessageStartingWith("The backup " + file + " cannot be restored: The database failed: ");
        assertNothingWasMade();
    }

    @Test
    void otherVersions_areRefused() throws IOException {
        makeBackup();
        Map<String, String> entries = entries();
        ObjectNode manifest = (ObjectNode) JSON.readTree(entries.get("manifest.json"));
        assertThat(manifest.get("format").asInt()).isEqualTo(1);
        assertManifestRefused(
                manifest.deepCopy().put("schema", "999"),
                "was made by a newer version of Playgrant, whose database has more tables or columns than this one knows");
        assertManifestRefused(
                manifest.deepCopy().put("format", 2).put("more", true),
                "is of another version of Playgrant: its format is not 1");
        assertManifestRefused(
                manifest.deepCopy().put("schema", "1; drop"), "is damaged: its manifest.json cannot be read");
        assertManifestRefused(manifest.deepCopy().put("more", true), "is damaged: its manifest.json cannot be read");
        assertManifestRefused(manifest.deepCopy().putNull("sequences"), "is damaged: its manifest.json cannot be read");
        assertManifestRefused(
                manifest.deepCopy().put("createdAt", "\u001b[31m"), "is damaged: its manifest.json cannot be read");
        assertManifestRefused(
                manifest.deepCopy().put("program", "\u001b[31m"), "is damaged: its manifest.json cannot be read");
    }

    private void assertManifestRefused(JsonNode manifest, String complaint) throws IOException {
        Map<String, String> good = entries();
        Map<String, String> changed = new LinkedHashMap<>(good);
        changed.put("manifest.json", manifest.toString());
        zip(changed);
        assertRefused("The backup " + file + " " + complaint);
        zip(good);
    }

    private void assertForgeryRefused(String name, String text, String complaint) throws IOException {
        Map<String, String> good = entries();
        Map<String, String> forged = new LinkedHashMap<>(good);
        forged.put(name, text);
        zip(signed(forged));
        assertRefused("The backup " + file + " " + complaint);
        zip(good);
    }

    private void assertRefused(String sentence) {
        List<String> before = Files.exists(target) ? names(target) : List.of();
        assertThatThrownBy(() -> new Restore(file, CLOCK).into(target))
                .isInstanceOf(BackupException.class)
                .hasMessage(sentence);
        assertThat(Files.exists(target) ? names(target) : List.of()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(names(folder)).noneMatch(name -> name.startsWith(".restore"));
    }

    private void assertNothingWasMade() {
        assertThat(target).doesNotExist();
        assertThat(names(folder)).containsExactlyInAnyOrder("source", "backup.zip");
    }

    private void deleteTarget() throws IOException {
        for (String name : names(target)) {
            Files.delete(target.resolve(name));
        }
        Files.delete(target);
        Files.delete(target.getParent());
    }

    private void makeBackup() {
        try (Application application = open(source)) {
            if (application.accounts().list().isEmpty()) {
                create(application, "First");
            }
            backup(application);
        }
    }

    private void backup(Application application) {
        new Backup(application.dataFolder(), application.database(), CLOCK).write(file, "playgrant test");
    }

    private Map<String, String> entries() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    /** With the digests of what they are now. */
    private static Map<String, String> signed(Map<String, String> entries) throws IOException {
        ObjectNode manifest = (ObjectNode) JSON.readTree(entries.get("manifest.json"));
        ObjectNode digests = manifest.putObject("sha256");
        entries.forEach((name, text) -> {
            if (!name.equals("manifest.json")) {
                MessageDigest digest = Sha256.newDigest();
                digests.put(name, HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8))));
            }
        });
        Map<String, String> signed = new LinkedHashMap<>(entries);
        signed.put("manifest.json", manifest.toString());
        return signed;
    }

    private void zip(Map<String, String> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }

    private static Application open(Path data) {
        Application application = TestInstallation.open(data);
        Stream.of("ring.json", "hash-key.json")
                .flatMap(name -> JwkFile.secrets(JwkFile.read(data.resolve(name))).stream())
                .forEach(key -> secret(key.getKeyValue().toString()));
        return application;
    }

    private static Accounts.Created create(Application application, String name) {
        Accounts.Created created = application.accounts().create(name, Profile.LENIENT, List.of());
        created.authenticators()
                .values()
                .forEach(authenticator -> secret(HexFormat.of().formatHex(authenticator.secret())));
        return created;
    }

    private static long number(Application application, String query) {
        return application
                .database()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
