package io.playgrant.cli;

import io.playgrant.batch.CsvRequests;
import io.playgrant.batch.JsonRequests;
import io.playgrant.batch.RawRecord;
import io.playgrant.batch.RecordReader;
import io.playgrant.batch.RequestFormat;
import io.playgrant.storage.StorageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The requests of a run.
 *
 * @param format how they stand in the file
 * @param reader at the first request
 * @param requests how they are read
 * @param size how many bytes there are, 0 if that is not known
 */
record BatchInput(FileFormat format, RecordReader reader, RequestFormat requests, long size) implements AutoCloseable {

    static final String STANDARD = "-";

    /**
     * Opens a file, and reads its header if it has one.
     *
     * @param name the file's, or {@link #STANDARD}
     * @param asked how requests stand in it; found out if empty
     * @param defaults values by the names of parameters
     * @param warnings takes sentences
     */
    static BatchInput open(
            String name, Optional<FileFormat> asked, Map<String, List<String>> defaults, Consumer<String> warnings) {
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
            RecordReader reader = format.reader(in);
            return new BatchInput(format, reader, requests(name, format, reader, defaults, warnings), size);
        } catch (IOException e) {
            throw new CommandException(name + " cannot be read: " + StorageException.reason(e));
        }
    }

    private static InputStream stream(String name) throws IOException {
        return name.equals(STANDARD) ? System.in : Files.newInputStream(Path.of(name));
    }

    private static RequestFormat requests(
            String name,
            FileFormat format,
            RecordReader reader,
            Map<String, List<String>> defaults,
            Consumer<String> warnings)
            throws IOException {
        if (format == FileFormat.JSONL) {
            return new JsonRequests(defaults);
        }
        RawRecord header = reader.next();
        if (header == null) {
            throw new CommandException(name + " is empty; CSV begins with a header");
        }
        CsvRequests requests = CsvRequests.of(header, defaults);
        requests.unknownColumns()
                .forEach(column -> warnings.accept("The column '" + column + "' is no parameter; it is ignored"));
        return requests;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
