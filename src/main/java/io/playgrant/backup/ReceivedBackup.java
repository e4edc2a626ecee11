package io.playgrant.backup;

import io.playgrant.files.OwnerOnly;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary file with a backup from a stream, because an archive is read from its end. Readable by its owner only. */
record ReceivedBackup(Path file) implements AutoCloseable {

    /**
     * Reads a stream to its end.
     *
     * @param name the name of the backup in messages
     * @param folder the folder of the temporary file
     */
    static ReceivedBackup receive(InputStream in, String name, Path folder) {
        try {
            ReceivedBackup received =
                    new ReceivedBackup(Files.createTempFile(folder, ".restore", ".zip", OwnerOnly.file()));
            try (OutputStream out = Files.newOutputStream(received.file)) {
                in.transferTo(out);
                return received;
            } catch (IOException e) {
                received.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BackupException(
                    "The backup " + name + " cannot be stored in " + folder + " while it is restored: "
                            + StorageException.reason(e),
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
