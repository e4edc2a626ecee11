package io.playgrant.app;

import io.playgrant.account.AccountCache;
import io.playgrant.account.Accounts;
import io.playgrant.account.AuthenticatorHash;
import io.playgrant.account.CreditBlocks;
import io.playgrant.account.Credits;
import io.playgrant.account.HashKeyFile;
import io.playgrant.account.QueueCharges;
import io.playgrant.audit.Audit;
import io.playgrant.cluster.Heartbeat;
import io.playgrant.cluster.Nodes;
import io.playgrant.cluster.RingKeyTag;
import io.playgrant.config.Settings;
import io.playgrant.files.DataFolder;
import io.playgrant.keystore.DatabaseKeys;
import io.playgrant.keystore.HeldKeyRewrap;
import io.playgrant.keystore.KeyCache;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.keystore.held.HeldKeys;
import io.playgrant.keystore.held.StorageRing;
import io.playgrant.keystore.held.StorageRingEditor;
import io.playgrant.keystore.held.StorageRingFile;
import io.playgrant.keystore.packaging.KeyDrawing;
import io.playgrant.keystore.packaging.PackagerKeys;
import io.playgrant.keystore.packaging.SignerRewrap;
import io.playgrant.license.RedemptionRetention;
import io.playgrant.license.Redemptions;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Sessions;
import io.playgrant.record.RecordRetention;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.Records;
import io.playgrant.revocation.RevocationCache;
import io.playgrant.revocation.Revocations;
import io.playgrant.storage.Database;
import io.playgrant.storage.Installation;
import io.playgrant.time.Schedule;
import io.playgrant.token.TokenOpener;
import io.playgrant.token.sealing.KeyRingEditor;
import io.playgrant.token.sealing.KeyRingFile;
import io.playgrant.usage.RequestTimes;
import io.playgrant.usage.Usage;
import io.playgrant.usage.UsageRetention;
import io.playgrant.view.RedemptionServices;
import io.playgrant.view.RedemptionTrial;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * The open parts of the program that the settings select. Only this class puts them together.
 *
 * @param settings the settings
 * @param dataFolder the data folder
 * @param database the database, in the data folder or on a PostgreSQL server
 * @param audit the audit of changes
 * @param accounts the accounts
 * @param keyRing the keys that encrypt tokens
 * @param storedKeys stored content keys
 * @param storageRing the keys that wrap held keys
 * @param heldKeys wraps and opens held keys
 * @param schedule runs the pollers
 * @param clock the source of time
 * @param random the source of randomness
 */
public record Application(
        Settings settings,
        DataFolder dataFolder,
        Database database,
        Audit audit,
        Accounts accounts,
        KeyRingFile keyRing,
        DatabaseKeys storedKeys,
        StorageRingFile storageRing,
        HeldKeys heldKeys,
        Schedule schedule,
        Clock clock,
        SecureRandom random)
        implements AutoCloseable {

    /** How long a server waits for an answer of PostgreSQL before it gives up the connection. */
    private static final Duration TO_SERVE = Duration.ofSeconds(3);

    /** How long a command waits, which may count or copy millions of rows. */
    private static final Duration FOR_A_COMMAND = Duration.ofMinutes(10);

    /**
     * Opens the data folder and the database for a command, and creates missing parts.
     *
     * @throws io.playgrant.storage.StorageException with a message that names the part that cannot be opened
     */
    public static Application open(Settings settings) {
        return open(settings, Clock.systemUTC(), new SecureRandom());
    }

    /**
     * As {@link #open(Settings)}, with the caller's sources of time and randomness.
     *
     * @throws io.playgrant.storage.StorageException with a message that names the part that cannot be opened
     */
    public static Application open(Settings settings, Clock clock, SecureRandom random) {
        return open(settings, FOR_A_COMMAND, clock, random);
    }

    /**
     * As {@link #open(Settings)}, for a server: it soon gives up on a PostgreSQL database that hangs.
     *
     * @throws io.playgrant.storage.StorageException with a message that names the part that cannot be opened
     */
    public static Application openToServe(Settings settings) {
        return open(settings, TO_SERVE, Clock.systemUTC(), new SecureRandom());
    }

    private static Application open(Settings settings, Duration timeout, Clock clock, SecureRandom random) {
        DataFolder folder = DataFolder.open(settings.dataDir());
        return folder.exclusively(() -> {
            Database database = openDatabase(settings, folder, timeout);
            Schedule schedule = new Schedule();
            try {
                return open(settings, folder, database, schedule, clock, random);
            } catch (RuntimeException e) {
                schedule.close();
                database.close();
                throw e;
            }
        });
    }

    private static Application open(
            Settings settings,
            DataFolder folder,
            Database database,
            Schedule schedule,
            Clock clock,
            SecureRandom random) {
        Installation installation = new Installation(database);
        boolean isShared = settings.database().isPresent();
        AuthenticatorHash hash = isShared
                ? HashKeyFile.readGiven(folder, installation)
                : HashKeyFile.readOrCreate(folder, installation, random);
        Audit audit = new Audit(database, clock, Audit.currentUser());
        Accounts accounts = new Accounts(database, hash, audit, clock, random);
        KeyRingFile ring = isShared
                ? KeyRingFile.openGiven(folder, installation, schedule)
                : KeyRingFile.open(folder, installation, random, schedule);
        DatabaseKeys keys = new DatabaseKeys(database);
        StorageRingFile storageRing = new StorageRingFile(folder, schedule);
        if (storageRing.get().isEmpty() && !keys.holders().isEmpty()) {
            throw StorageRingFile.missing(folder.path());
        }
        HeldKeys held = new HeldKeys(
                storageRing::get,
                () -> storageRing.refreshed().orElseGet(() -> {
                    // All nodes of a shared database need the same ring.
                    if (isShared || !keys.holders().isEmpty()) {
                        throw StorageRingFile.missing(folder.path());
                    }
                    return storageRing.createIfMissing(audit, random, "the first held key,");
                }));
        return new Application(
                settings, folder, database, audit, accounts, ring, keys, storageRing, held, schedule, clock, random);
    }

    /**
     * Opens only the database, for a command; the key files may be missing.
     *
     * @throws io.playgrant.storage.StorageException with a message that names the part that cannot be opened
     */
    public static Database openDatabase(Settings settings, DataFolder folder) {
        return openDatabase(settings, folder, FOR_A_COMMAND);
    }

    private static Database openDatabase(Settings settings, DataFolder folder, Duration timeout) {
        return settings.database()
                .map(server -> Database.open(server, timeout))
                .orElseGet(() -> Database.openEmbedded(folder.path()));
    }

    /** A cache of the accounts that follows the database until it is closed. */
    public AccountCache newAccountCache() {
        return new AccountCache(accounts, settings.databaseAway(), schedule);
    }

    /** A cache of the stored keys that follows the database until it is closed. */
    public KeyCache newKeyCache() {
        return new KeyCache(storedKeys, clock, settings.databaseAway(), heldKeys::canOpen, schedule);
    }

    /**
     * The keys of packagers.
     *
     * @param lookup stored keys as requests see them
     */
    public PackagerKeys newPackagerKeys(KeyLookup lookup) {
        KeyDrawing drawing = new KeyDrawing(
                database, storedKeys, heldKeys, settings.packager().periods(), clock, random);
        return new PackagerKeys(drawing, lookup, heldKeys, clock);
    }

    /** The credits of accounts. */
    public Credits credits() {
        return new Credits(database);
    }

    /** Takes credits in advance, until it is closed. */
    public CreditBlocks newCreditBlocks() {
        return new CreditBlocks(credits(), schedule);
    }

    /** Charges for messages from queues. */
    public QueueCharges queueCharges() {
        return new QueueCharges(database, clock);
    }

    /** The operators. */
    public Operators operators() {
        return new Operators(database, audit, clock, random);
    }

    /** The sessions of operators. */
    public Sessions sessions() {
        return new Sessions(database, audit, clock);
    }

    /**
     * Everything that changes an installation, with an author for the audit.
     *
     * @param who the author, such as {@code operator NAME from ADDRESS}
     */
    public Changes changesBy(String who) {
        Audit audited = audit.as(who);
        return new Changes(
                accounts.audited(audited),
                new DatabaseKeys(database, audited),
                new Revocations(database, audited, clock),
                new KeyRingEditor(dataFolder, audited, random),
                storageRingEditor(audited),
                new Operators(database, audited, clock, random),
                new Sessions(database, audited, clock),
                audited);
    }

    /** Stored keys with audit of changes, for the command line. */
    public DatabaseKeys auditedKeys() {
        return new DatabaseKeys(database, audit);
    }

    /** The revocations of tokens. */
    public Revocations revocations() {
        return new Revocations(database, audit, clock);
    }

    /** A cache of the revocations that follows the database until it is closed. */
    public RevocationCache newRevocationCache() {
        return new RevocationCache(revocations(), clock, schedule);
    }

    /** The redemptions of tokens that allow only so many. */
    public Redemptions redemptions() {
        return new Redemptions(database, clock);
    }

    /** Deletes the redemptions of expired tokens, until it is closed. */
    public RedemptionRetention newRedemptionRetention() {
        return new RedemptionRetention(redemptions(), clock, schedule);
    }

    /**
     * Goes through the checks of redemptions without redeeming.
     *
     * @param services the licence services that it supposes
     */
    public RedemptionTrial redemptionTrial(RedemptionServices services) {
        return new RedemptionTrial(new TokenOpener(keyRing), accounts, revocations(), services, clock);
    }

    /** The licence services of the settings. */
    public RedemptionServices redemptionServices() {
        return new InstallationServices(this);
    }

    /** The records of answers to requests for tokens and for licences. */
    public Records records() {
        return new Records(database, usage()::count);
    }

    /** The counts of these answers. */
    public Usage usage() {
        return new Usage(database);
    }

    /** Deletes old counts and request times, until it is closed. */
    public UsageRetention newUsageRetention() {
        return new UsageRetention(database, settings.records().usageKept(), clock, schedule);
    }

    /** The request times of all nodes. */
    public RequestTimes requestTimes() {
        return new RequestTimes(database);
    }

    /** The servers on the same database. */
    public Nodes nodes() {
        return new Nodes(database);
    }

    /** Writes records, until it is closed. */
    public RecordWriter newRecordWriter() {
        return new RecordWriter(records(), settings.records().recording());
    }

    /** Deletes old records, until it is closed. */
    public RecordRetention newRecordRetention() {
        return new RecordRetention(records(), settings.records().kept(), clock, schedule);
    }

    /** The editor of the key ring's file. */
    public KeyRingEditor keyRingEditor() {
        return new KeyRingEditor(dataFolder, audit, random);
    }

    /** Wraps held keys anew after another key of the storage ring was activated, until it is closed. */
    public HeldKeyRewrap newHeldKeyRewrap() {
        Nodes nodes = nodes();
        return new HeldKeyRewrap(database, heldKeys, storageRing::get, nodes::allWrapWith, schedule);
    }

    /** Does the same with the secrets of signers. */
    public SignerRewrap newSignerRewrap() {
        Nodes nodes = nodes();
        return new SignerRewrap(
                accounts.signers(), heldKeys, () -> storageRing.get().isPresent(), nodes::allWrapWith, schedule);
    }

    /** The editor of the storage ring's file. */
    public StorageRingEditor storageRingEditor() {
        return storageRingEditor(audit);
    }

    private StorageRingEditor storageRingEditor(Audit audited) {
        return new StorageRingEditor(
                dataFolder,
                audited,
                random,
                id -> storedKeys.countHeldBy(id) + accounts.signers().countHeldBy(id));
    }

    /**
     * Registers this server in the database, until it is closed.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Heartbeat newHeartbeat() {
        Heartbeat heartbeat = Heartbeat.start(nodes(), () -> keyRing.get().tags(), this::storageTags, schedule);
        if (settings.database().isPresent()) {
            requireAgreement(heartbeat);
        }
        return heartbeat;
    }

    /**
     * Checks that the running servers on the same database, if any, can open the tokens that this process issues.
     *
     * @throws io.playgrant.storage.StorageException with a message that describes the problem, or if the database is unreachable
     */
    public void requireRingOfServers() {
        // Processes that share a data folder have the same ring.
        if (settings.database().isPresent()) {
            nodes().requireAgreement(keyRing.get().tags(), storageTags());
        }
    }

    private Set<RingKeyTag> storageTags() {
        return storageRing.get().map(StorageRing::tags).orElse(Set.of());
    }

    private static void requireAgreement(Heartbeat heartbeat) {
        try {
            heartbeat.requireAgreement();
        } catch (RuntimeException e) {
            heartbeat.close();
            throw e;
        }
    }

    @Override
    public void close() {
        keyRing.close();
        storageRing.close();
        schedule.close();
        database.close();
    }
}
