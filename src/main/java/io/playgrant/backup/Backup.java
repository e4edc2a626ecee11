package io.playgrant.backup;

import io.playgrant.account.HashKeyFile;
import io.playgrant.files.DataFolder;
import io.playgrant.files.JwkFile;
import io.playgrant.files.OwnerOnly;
import io.playgrant.keystore.held.StorageRingFile;
import io.playgrant.storage.Database;
import io.playgrant.storage.StorageException;
import io.playgrant.token.sealing.KeyRingFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Writes the whole installation into one file, while servers may be running. */
public final class Backup {

    private final DataFolder folder;
    private final Database database;
    private final Clock clock;

    /** Backups of a data folder and its database. */
    public Backup(DataFolder folder, Database database, Clock clock) {
        this.folder = folder;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Writes a backup, readable by its owner only.
     *
     * @param target the file, which must not exist yet
     * @param program the name and version of this program, for people
     * @throws BackupException with a message that says why; then no file is left
     * @throws StorageException if the database is unreachable, or a key file cannot be read
     */
    public void write(Path target, String program) {
        Path file = target.toAbsolutePath();
        if (Files.exists(file)) {
            throw new BackupException("The file " + target + " exists already");
        }
        try {
            Path draft = Files.createTempFile(file.getParent(), ".backup", ".new", OwnerOnly.file());
            try {
                try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                    writeBuffered(new BufferedOutputStream(Channels.newOutputStream(channel)), program);
                    channel.force(true);
                }
                Files.move(draft, file);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (FileAlreadyExistsException e) {
            throw new BackupException("The file " + target + " exists already", e);
        } catch (IOException e) {
            throw new BackupException("The file " + target + " cannot be written: " + StorageException.reason(e), e);
        }
    }

    /**
     * Writes a backup to a stream, which remains open. If the backup fails, its end is missing, and {@link Restore} refuses it.
     *
     * @param program the name and version of this program, for people
     * @throws BackupException with a message that says why
     * @throws StorageException if the database is unreachable, or a key file cannot be read
     */
    public void write(OutputStream out, String program) {
        try {
            writeBuffered(new BufferedOutputStream(out), program);
        } catch (IOException e) {
            throw new BackupException("The backup cannot be written: " + StorageException.reason(e), e);
        }
    }

    private void writeBuffered(OutputStream out, String program) throws IOException {
        // Not closed here: that would close the file before it is synchronised to the disk.
        ArchiveWriter archive = new ArchiveWriter(out);
        addKeyFiles(archive);
        boolean hasStorageRing = addStorageRing(archive);
        Map<String, Long> sequences;
        try {
            sequences = database.inSnapshot(handle -> addTables(handle, archive));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (!hasStorageRing) {
            // The first held key may be one of the tables', although its ring was not there before.
            addStorageRing(archive);
        }
        archive.finish(
                program,
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                database.schemaVersion(),
                sequences);
        out.flush();
    }

    private void addKeyFiles(ArchiveWriter archive) throws IOException {
        KeyRingFile.readIn(folder.path());
        archive.add(KeyRingFile.NAME, JwkFile.text(folder.file(KeyRingFile.NAME)));
        HashKeyFile.readIn(folder.path());
        archive.add(HashKeyFile.NAME, JwkFile.text(folder.file(HashKeyFile.NAME)));
        Path demo = folder.file(Entries.DEMO);
        if (Files.exists(demo)) {
            archive.add(Entries.DEMO, Files.readString(demo));
        }
    }

    /** Adds the storage ring. Returns whether there is one. */
    private boolean addStorageRing(ArchiveWriter archive) throws IOException {
        boolean isThere = StorageRingFile.readIn(folder.path()).isPresent();
        if (isThere) {
            archive.add(StorageRingFile.NAME, JwkFile.text(folder.file(StorageRingFile.NAME)));
        }
        return isThere;
    }

    private Map<String, Long> addTables(Handle handle, ArchiveWriter archive) {
        try {
            for (Table table : Table.of(handle)) {
                archive.add(Entries.ofTable(table.name()), out -> table.write(handle, out));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Sequences.read(database, handle);
    }
}
