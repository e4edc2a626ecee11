package io.playgrant.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.playgrant.batch.row.CsvCells;
import io.playgrant.batch.row.MessageException;
import io.playgrant.error.ErrorMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Results as CSV, one on each line: no field contains a line break. */
public final class CsvResults implements ResultFormat {

    private static final List<String> COLUMNS = List.of("id", "licenseUrl", "code", "message");
    private static final byte[] HEADER = (String.join(",", COLUMNS) + "\n").getBytes(StandardCharsets.UTF_8);
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}");
    private static final CsvFactory CSV = new CsvFactory();
    private static final CsvSchema SCHEMA = CsvSchema.builder()
            .addColumns(COLUMNS, CsvSchema.ColumnType.STRING)
            .setLineSeparator('\n')
            .build();

    @Override
    public byte[] header() {
        return HEADER.clone();
    }

    @Override
    public void write(List<TokenResult> results, OutputStream out) throws IOException {
        try (CsvGenerator csv = CSV.createGenerator(out)) {
            csv.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            csv.setSchema(SCHEMA);
            for (TokenResult result : results) {
                ErrorMessage error = result.error();
                csv.writeStartArray();
                csv.writeString(printable(result.id()));
                csv.writeString(printable(result.licenseUrl()));
                csv.writeString(error == null ? "" : Integer.toString(error.code()));
                csv.writeString(error == null ? "" : printable(error.message()));
                csv.writeEndArray();
            }
        }
    }

    private static String printable(@Nullable String text) {
        return text == null ? "" : CONTROLS.matcher(text).replaceAll("?");
    }

    @Override
    public TokenResult read(byte[] line) {
        List<String> cells = CsvCells.read(line);
        if (cells.size() != COLUMNS.size()
                || cells.get(1).isEmpty() == cells.get(2).isEmpty()) {
            throw notAResult();
        }
        return cells.get(2).isEmpty()
                ? TokenResult.of(cells.get(0), cells.get(1))
                : TokenResult.of(cells.get(0), new ErrorMessage(code(cells.get(2)), cells.get(3)));
    }

    private static int code(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw notAResult();
        }
    }

    private static MessageException notAResult() {
        return new MessageException(null, "the line is not a result");
    }
}
