package io.playgrant.cli.terminal;

import io.playgrant.batch.row.RawRow;
import io.playgrant.batch.row.RowReader;
import io.playgrant.storage.StorageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An open file of rows.
 *
 * @param name the name that the user gave
 * @param format the format of the file
 * @param reader the rows, from the beginning
 * @param size the size in bytes, 0 if unknown
 */
public record InputFile(String name, FileFormat format, RowReader reader, long size) implements AutoCloseable {

    /**
     * Opens a file.
     *
     * @param name the name of the file, or {@link NamedInput#STANDARD}
     * @param asked the format; if empty, it is detected
     */
    public static InputFile open(String name, Optional<FileFormat> asked) {
        try {
            Path path = Path.of(name);
            boolean isStream = NamedInput.isStream(name);
            if (!isStream && Files.isDirectory(path)) {
                throw new CommandException(name + " is a folder");
            }
            long size = isStream ? 0 : Files.size(path);
            BufferedInputStream in = new BufferedInputStream(NamedInput.open(name));
            FileFormat format =
                    asked.isPresent() ? asked.get() : FileFormat.ofName(name).orElse(FileFormat.ofContent(in));
            return new InputFile(name, format, format.reader(in), size);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** The header of a CSV file. */
    public RawRow header() {
        RawRow header = next().orElse(null);
        if (header == null) {
            throw new CommandException(
                    (NamedInput.isStandard(name) ? "Standard input" : name) + " is empty; CSV begins with a header");
        }
        return header;
    }

    /** The next row, empty at the end. */
    public Optional<RawRow> next() {
        try {
            return Optional.ofNullable(reader.next());
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** A sentence about skipped rows, if there were any. */
    public static Optional<String> skipped(RowReader reader) {
        long rows = reader.emptyRows();
        return rows == 0
                ? Optional.empty()
                : Optional.of(
                        rows == 1 ? "1 row without a value was skipped" : rows + " rows without a value were skipped");
    }

    private static CommandException unreadable(String name, IOException e) {
        return new CommandException(name + " cannot be read: " + StorageException.reason(e));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
