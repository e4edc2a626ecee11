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
import io.playgrant.config.Settings;
import io.playgrant.files.DataFolder;
import io.playgrant.keystore.DatabaseKeys;
import io.playgrant.keystore.KeyCache;
import io.playgrant.record.RecordRetention;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.Records;
import io.playgrant.revocation.Revocations;
import io.playgrant.storage.Database;
import io.playgrant.storage.Installation;
import io.playgrant.time.Schedule;
import io.playgrant.token.sealing.KeyRingEditor;
import io.playgrant.token.sealing.KeyRingFile;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/**
 * What the settings name, opened: the one place where the rooms are put together.
 *
 * @param settings what it was opened from
 * @param dataFolder the folder of all that is kept
 * @param database the database, in that folder or on a server
 * @param audit who changed what
 * @param accounts who may ask for tokens
 * @param keyRing what tokens are protected with
 * @param storedKeys stored content keys
 * @param schedule runs all that is repeated
 * @param clock the time
 * @param random randomness
 */
public record Application(
        Settings settings,
        DataFolder dataFolder,
        Database database,
        Audit audit,
        Accounts accounts,
        KeyRingFile keyRing,
        DatabaseKeys storedKeys,
        Schedule schedule,
        Clock clock,
        SecureRandom random)
        implements AutoCloseable {

    /** How long a server of requests waits for an answer of a database on another machine, before it gives up the connection. */
    private static final Duration TO_SERVE = Duration.ofSeconds(3);

    /** The same for a command, which may count or copy millions of rows. */
    private static final Duration FOR_A_COMMAND = Duration.ofMinutes(10);

    /**
     * Opens the data folder and the database for a command, and makes what is not there yet.
     *
     * @throws io.playgrant.storage.StorageException with a sentence that names what cannot be opened
     */
    public static Application open(Settings settings) {
        return open(settings, Clock.systemUTC(), new SecureRandom());
    }

    /**
     * The same with a time and randomness of the caller's choice.
     *
     * @throws io.playgrant.storage.StorageException with a sentence that names what cannot be opened
     */
    public static Application open(Settings settings, Clock clock, SecureRandom random) {
        return open(settings, FOR_A_COMMAND, clock, random);
    }

    /**
     * The same for a server: a database on another machine that hangs is given up soon.
     *
     * @throws io.playgrant.storage.StorageException with a sentence that names what cannot be opened
     */
    public static Application openToServe(Settings settings) {
        return open(settings, TO_SERVE, Clock.systemUTC(), new SecureRandom());
    }

    private static Application open(Settings settings, Duration patience, Clock clock, SecureRandom random) {
        DataFolder folder = DataFolder.open(settings.dataDir());
        return folder.exclusively(() -> {
            Database database = openDatabase(settings, folder, patience);
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
        return new Application(settings, folder, database, audit, accounts, ring, keys, schedule, clock, random);
    }

    /**
     * Opens the database alone, for a command; the key files need not be there.
     *
     * @throws io.playgrant.storage.StorageException with a sentence that names what cannot be opened
     */
    public static Database openDatabase(Settings settings, DataFolder folder) {
        return openDatabase(settings, folder, FOR_A_COMMAND);
    }

    private static Database openDatabase(Settings settings, DataFolder folder, Duration patience) {
        return settings.database()
                .map(server -> Database.open(server, patience))
                .orElseGet(() -> Database.openEmbedded(folder.path()));
    }

    /** A cache of the accounts that follows the database until it is closed. */
    public AccountCache newAccountCache() {
        return new AccountCache(accounts, settings.databaseAway(), schedule);
    }

    /** A cache of the stored keys that follows the database until it is closed. */
    public KeyCache newKeyCache() {
        return new KeyCache(storedKeys, clock, settings.databaseAway(), schedule);
    }

    /** How many tokens accounts may still be given. */
    public Credits credits() {
        return new Credits(database);
    }

    /** Credits that are taken in advance, until it is closed. */
    public CreditBlocks newCreditBlocks() {
        return new CreditBlocks(credits(), schedule);
    }

    /** Charges for what comes by queues. */
    public QueueCharges queueCharges() {
        return new QueueCharges(database, clock);
    }

    /** Stored keys whose changes are audited, for the command line. */
    public DatabaseKeys auditedKeys() {
        return new DatabaseKeys(database, audit);
    }

    /** Tokens that are not to be redeemed any more. */
    public Revocations revocations() {
        return new Revocations(database, audit, clock);
    }

    /** What requests for tokens were answered. */
    public Records records() {
        return new Records(database);
    }

    /** Writes records, until it is closed. */
    public RecordWriter newRecordWriter() {
        return new RecordWriter(records(), settings.records().recording());
    }

    /** Deletes records that are kept no longer, until it is closed. */
    public RecordRetention newRecordRetention() {
        return new RecordRetention(records(), settings.records().kept(), clock, schedule);
    }

    /** Changes the key ring's file. */
    public KeyRingEditor keyRingEditor() {
        return new KeyRingEditor(dataFolder, audit, random);
    }

    /**
     * Tells the database that this process serves, until it is closed.
     *
     * @throws io.playgrant.storage.StorageException if the database is out of reach
     */
    public Heartbeat newHeartbeat() {
        Heartbeat heartbeat =
                Heartbeat.start(new Nodes(database), () -> keyRing.get().tags(), schedule);
        if (settings.database().isPresent()) {
            requireAgreement(heartbeat);
        }
        return heartbeat;
    }

    /**
     * Makes sure that the servers on the same database, if any run, can open the tokens that this process makes.
     *
     * @throws io.playgrant.storage.StorageException with a sentence that says what is wrong, or if the database is out of reach
     */
    public void requireRingOfServers() {
        // In one data folder there is but one ring.
        if (settings.database().isPresent()) {
            new Nodes(database).requireAgreement(keyRing.get().tags());
        }
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
        schedule.close();
        database.close();
    }
}
