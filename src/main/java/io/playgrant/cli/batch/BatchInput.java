package io.playgrant.cli.batch;

import io.playgrant.batch.CsvRequests;
import io.playgrant.batch.JsonRequests;
import io.playgrant.batch.RequestFormat;
import io.playgrant.batch.row.RowReader;
import io.playgrant.cli.terminal.FileFormat;
import io.playgrant.cli.terminal.InputFile;
import io.playgrant.cli.terminal.NamedInput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The requests of a run.
 *
 * @param format the format of the file
 * @param reader the rows of the file, from the first request on
 * @param requests makes a request of each row
 * @param size the size of the file in bytes, 0 if unknown
 */
record BatchInput(FileFormat format, RowReader reader, RequestFormat requests, long size) implements AutoCloseable {

    /**
     * Opens a file and reads its header if it has one.
     *
     * @param name the name of the file, or {@link NamedInput#STANDARD}
     * @param asked the format; if empty, it is detected
     * @param defaults default values by parameter name
     * @param warnings receives sentences to show to the user
     */
    static BatchInput open(
            String name, Optional<FileFormat> asked, Map<String, List<String>> defaults, Consumer<String> warnings) {
        InputFile file = InputFile.open(name, asked);
        return new BatchInput(file.format(), file.reader(), requests(file, defaults, warnings), file.size());
    }

    private static RequestFormat requests(
            InputFile file, Map<String, List<String>> defaults, Consumer<String> warnings) {
        if (file.format() == FileFormat.JSON) {
            return new JsonRequests(defaults);
        }
        CsvRequests requests = CsvRequests.of(file.header(), defaults);
        requests.unknownColumns().forEach(column -> warnings.accept(unknown(column)));
        return requests;
    }

    private static String unknown(String column) {
        return "The column '" + column + "' is not a parameter and is ignored"
                + CsvRequests.spelled(column)
                        .map(name -> ". The parameter is spelled " + name)
                        .orElse("");
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
