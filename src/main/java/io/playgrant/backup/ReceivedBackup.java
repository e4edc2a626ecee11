package io.playgrant.backup;

import io.playgrant.files.OwnerOnly;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A backup that came as a stream, in a file until it is closed: an archive is read from its end. Readable by its owner only. */
record ReceivedBackup(Path file) implements AutoCloseable {

    /**
     * Takes all of a stream.
     *
     * @param name what messages call the backup
     * @param folder where the file is made
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
                    "The backup " + name + " cannot be kept in " + folder + " while it is restored: "
                            + StorageException.reason(e),
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
