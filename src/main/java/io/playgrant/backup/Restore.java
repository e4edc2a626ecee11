package io.playgrant.backup;

import io.playgrant.account.Accounts;
import io.playgrant.account.AuthenticatorHash;
import io.playgrant.account.HashKeyFile;
import io.playgrant.audit.Audit;
import io.playgrant.files.DataFolder;
import io.playgrant.files.OwnerOnly;
import io.playgrant.keystore.DatabaseKeys;
import io.playgrant.keystore.held.StorageRing;
import io.playgrant.keystore.held.StorageRingFile;
import io.playgrant.storage.Database;
import io.playgrant.storage.DatabaseServer;
import io.playgrant.storage.Installation;
import io.playgrant.storage.StorageException;
import io.playgrant.token.sealing.KeyRingFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Restores a backup into a data folder. Everything is created and checked in a temporary folder, then moved into place. */
public final class Restore {

    /** Left by a process that has opened the folder. */
    private static final String LOCK = ".lock";

    private final Path file;

    /** Its name in messages. */
    private final String name;

    /** Whether the file is a temporary one, which does not make the target folder count as used. */
    private final boolean received;

    private final Clock clock;

    /** Restores a file. */
    public Restore(Path file, Clock clock) {
        this(file, file.toString(), false, clock);
    }

    private Restore(Path file, String name, boolean received, Clock clock) {
        this.file = file;
        this.name = name;
        this.received = received;
        this.clock = clock;
    }

    /**
     * Restores a backup from a stream, as {@link #into(Path, Optional)} does from a file. First reads the stream to its end, into a
     * temporary file on the disk of the target.
     *
     * @param name the name of the backup in messages
     * @return the manifest of the backup
     * @throws BackupException with a message that says why; then the target and the database are unchanged
     * @throws StorageException if the folder cannot be written to, or the database is unreachable
     */
    public static Manifest fromStream(
            InputStream in, String name, Clock clock, Path target, Optional<DatabaseServer> server) {
        try {
            if (Files.exists(target)) {
                DataFolder.open(target);
                new Restore(target, clock).checkIsEmpty(target);
            }
            server.ifPresent(Restore::checkIsEmpty);
            try (ReceivedBackup backup = ReceivedBackup.receive(in, name, nearestFolder(target))) {
                return new Restore(backup.file(), name, true, clock).into(target, server);
            }
        } catch (IOException e) {
            throw unmakeable(target, e);
        }
    }

    /**
     * Restores into an embedded database.
     *
     * @param target a folder that is empty or missing
     * @return the manifest of the backup
     * @throws BackupException with a message that says why; then the target is unchanged
     * @throws StorageException if the folder cannot be written to
     */
    public Manifest into(Path target) {
        return into(target, Optional.empty());
    }

    /**
     * Restores the key files into a folder, and the tables into a PostgreSQL or embedded database.
     *
     * @param target a folder that is empty or missing
     * @param server a PostgreSQL database without tables; if empty, an embedded database is created in the folder
     * @return the manifest of the backup
     * @throws BackupException with a message that says why; then the target and the database are unchanged
     * @throws StorageException if the folder cannot be written to, or the database is unreachable
     */
    public Manifest into(Path target, Optional<DatabaseServer> server) {
        if (server.isEmpty()) {
            return into(target, Database::openEmbedded);
        }
        checkIsEmpty(server.get());
        try {
            return into(target, (folder, schema) -> Database.open(server.get(), schema));
        } catch (RuntimeException e) {
            Database.clear(server.get());
            throw e;
        }
    }

    /** Opens the new database, with the tables of a version of the program. */
    private interface NewDatabase {
        Database open(Path folder, String schemaVersion);
    }

    private Manifest into(Path target, NewDatabase database) {
        try (ArchiveReader archive = ArchiveReader.open(file, name)) {
            if (Files.exists(target)) {
                DataFolder folder = DataFolder.open(target);
                checkIsEmpty(target);
                folder.exclusively(() -> intoEmpty(archive, target, database));
            } else {
                intoNew(archive, target, database);
            }
            return archive.manifest();
        } catch (IOException e) {
            throw unmakeable(target, e);
        }
    }

    private static BackupException unmakeable(Path target, IOException e) {
        return new BackupException(
                "The data folder " + target + " cannot be created: " + StorageException.reason(e), e);
    }

    private void intoNew(ArchiveReader archive, Path target, NewDatabase database) throws IOException {
        Path draft = Files.createTempDirectory(nearestFolder(target), ".restore", OwnerOnly.folder());
        try {
            make(archive, draft, database);
            // The last of these folders is deleted again, because the move replaces it.
            Files.createDirectories(target, OwnerOnly.folder());
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(draft);
        }
    }

    private static Path nearestFolder(Path target) {
        Path folder = target.toAbsolutePath();
        for (Path parent = folder; parent != null; parent = parent.getParent()) {
            if (Files.exists(parent)) {
                return parent;
            }
        }
        return folder;
    }

    /** Keeps the folder itself, which may be a mount point. */
    private Boolean intoEmpty(ArchiveReader archive, Path target, NewDatabase database) {
        try {
            checkIsEmpty(target);
            Path draft = Files.createTempDirectory(target, ".restore", OwnerOnly.folder());
            try {
                make(archive, draft, database);
                // The database first: a server refuses a database without key files, but key files without a database
                // look like a new installation.
                for (Path made : filesOf(
                        draft, Comparator.comparing(path -> !path.toString().endsWith(".db")))) {
                    Files.move(made, target.resolve(made.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                }
            } finally {
                delete(draft);
            }
            return true;
        } catch (IOException e) {
            throw new BackupException(
                    "The data folder " + target + " cannot be written to: " + StorageException.reason(e), e);
        }
    }

    private void make(ArchiveReader archive, Path draft, NewDatabase newDatabase) throws IOException {
        DataFolder folder = DataFolder.open(draft);
        try {
            for (String name : List.of(KeyRingFile.NAME, HashKeyFile.NAME, StorageRingFile.NAME, Entries.DEMO)) {
                if (archive.has(name)) {
                    folder.write(name, archive.text(name));
                }
            }
            KeyRingFile.readIn(draft);
            Optional<StorageRing> storage = StorageRingFile.readIn(draft);
            AuthenticatorHash hash = HashKeyFile.readIn(draft);
            readTables(archive, draft, newDatabase);
            // Read them as the next start will.
            try (Database database = newDatabase.open(draft, Database.NEWEST)) {
                if (!HashKeyFile.isKeyOf(new Installation(database), hash)) {
                    throw new BackupException(
                            "The backup " + name + " is damaged: its authenticators were hashed with another key");
                }
                if (storage.isEmpty() && !new DatabaseKeys(database).holders().isEmpty()) {
                    throw new BackupException(
                            "The backup " + name + " is damaged: it has held keys, but no " + StorageRingFile.NAME);
                }
                Audit audit = new Audit(database, clock, Audit.currentUser());
                checkAccounts(new Accounts(database, hash, audit, clock, new SecureRandom()));
                note(database, audit, archive.manifest());
            }
        } catch (StorageException | IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage()).replace(draft + "/", "");
            throw new BackupException("The backup " + name + " cannot be restored: " + reason, e);
        }
        Files.deleteIfExists(draft.resolve(LOCK));
    }

    private void readTables(ArchiveReader archive, Path draft, NewDatabase newDatabase) throws IOException {
        Manifest manifest = archive.manifest();
        try (Database database = newDatabase.open(draft, manifest.schema() + "?")) {
            if (!database.schemaVersion().equals(manifest.schema())) {
                throw new BackupException("The backup " + name + " was made by a newer version of Playgrant, "
                        + "whose database has more tables or columns than this one knows");
            }
            List<Table> tables = database.withHandle(Table::of);
            Set<String> held = manifest.sha256().keySet();
            Set<String> needed =
                    tables.stream().map(table -> Entries.ofTable(table.name())).collect(Collectors.toSet());
            if (!held.containsAll(needed)) {
                throw new BackupException("The backup " + name + " is damaged: it is incomplete");
            }
            database.inTransaction(handle -> {
                tables.forEach(table -> read(archive, handle, table));
                Sequences.write(handle, manifest.sequences());
                tables.forEach(table -> table.continueNumbers(handle));
                return null;
            });
            tables.forEach(table -> database.analyze(table.name()));
        }
    }

    private static void read(ArchiveReader archive, Handle handle, Table table) {
        try (InputStream in = archive.open(Entries.ofTable(table.name()))) {
            table.read(handle, in);
        } catch (IOException e) {
            throw new IllegalArgumentException("table " + table.name() + " cannot be read", e);
        }
    }

    /** A row may have all columns and still have values that no command would write. */
    private void checkAccounts(Accounts accounts) {
        try {
            accounts.list();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new BackupException(
                    "The backup " + name + " is damaged: it contains an account that cannot be read", e);
        }
    }

    private static void note(Database database, Audit audit, Manifest manifest) {
        database.inTransaction(handle -> {
            audit.add(handle, "restore", null, "backup of " + manifest.createdAt() + " by " + manifest.program());
            return null;
        });
    }

    private static void checkIsEmpty(DatabaseServer server) {
        if (!Database.isEmpty(server)) {
            throw new BackupException(
                    "The database " + server + " is not empty; a backup is restored into an empty one");
        }
    }

    private void checkIsEmpty(Path target) throws IOException {
        if (!filesOf(target, Comparator.naturalOrder()).isEmpty()) {
            throw notEmpty(target);
        }
    }

    private static BackupException notEmpty(Path target) {
        return new BackupException("The data folder " + target
                + " (PLAYGRANT_DATA_DIR) is not empty; a backup is restored into an empty one");
    }

    private List<Path> filesOf(Path folder, Comparator<Path> order) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> !path.endsWith(LOCK))
                    .filter(path -> !received || !path.toAbsolutePath().equals(file.toAbsolutePath()))
                    .sorted(order)
                    .toList();
        }
    }

    private static void delete(Path draft) throws IOException {
        if (Files.exists(draft)) {
            try (Stream<Path> all = Files.walk(draft)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
