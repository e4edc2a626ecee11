package io.playgrant.cli;

import io.playgrant.batch.RawRecord;
import io.playgrant.batch.RecordReader;
import io.playgrant.storage.StorageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of records, opened.
 *
 * @param name as it was given
 * @param format how the records stand in it
 * @param reader at its beginning
 * @param size how many bytes there are, 0 if that is not known
 */
record InputFile(String name, FileFormat format, RecordReader reader, long size) implements AutoCloseable {

    /** The name of standard input. */
    static final String STANDARD = "-";

    /**
     * Opens a file.
     *
     * @param name the file's, or {@link #STANDARD}
     * @param asked how records stand in it; found out if empty
     */
    static InputFile open(String name, Optional<FileFormat> asked) {
        try {
            Path path = Path.of(name);
            boolean isFile = !name.equals(STANDARD);
            if (isFile && Files.isDirectory(path)) {
                throw new CommandException(name + " is a folder");
            }
            long size = isFile ? Files.size(path) : 0;
            BufferedInputStream in = new BufferedInputStream(stream(name));
            FileFormat format =
                    asked.isPresent() ? asked.get() : FileFormat.ofName(name).orElse(FileFormat.ofContent(in));
            return new InputFile(name, format, format.reader(in), size);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static InputStream stream(String name) throws IOException {
        return name.equals(STANDARD) ? System.in : Files.newInputStream(Path.of(name));
    }

    /** The first record of CSV. */
    RawRecord header() {
        RawRecord header = next().orElse(null);
        if (header == null) {
            throw new CommandException(name + " is empty; CSV begins with a header");
        }
        return header;
    }

    /** The next record, empty at the end. */
    Optional<RawRecord> next() {
        try {
            return Optional.ofNullable(reader.next());
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static CommandException unreadable(String name, IOException e) {
        return new CommandException(name + " cannot be read: " + StorageException.reason(e));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
