package io.playgrant.batch.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Splits a row of CSV into its fields. */
public final class CsvCells {

    private static final CsvFactory CSV =
            CsvFactory.builder().disable(CsvParser.Feature.ALLOW_TRAILING_COMMA).build();

    private CsvCells() {}

    /**
     * The fields of a row.
     *
     * @param row the row in UTF-8, without its line end
     * @throws MessageException if the text is not one row of CSV
     */
    public static List<String> read(byte[] row) {
        List<String> cells = new ArrayList<>();
        try (JsonParser parser = CSV.createParser(characters(row))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                cells.add(parser.getText());
            }
            if (parser.nextToken() != null) {
                throw new MessageException(null, "a line break must be a line feed, or be in quotes");
            }
        } catch (IOException e) {
            // Jackson's message may quote the row.
            throw new MessageException(null, "the row is not CSV in UTF-8");
        }
        return cells;
    }

    /** Whether a row has no value: it consists of commas, white space and empty quotes. */
    static boolean areEmpty(byte[] row) {
        int i = 0;
        while (i < row.length) {
            boolean quotesNothing = row[i] == '"'
                    && i + 1 < row.length
                    && row[i + 1] == '"'
                    && (i + 2 == row.length || row[i + 2] == ',');
            if (!quotesNothing && row[i] != ',' && row[i] != ' ' && row[i] != '\t') {
                return false;
            }
            i += quotesNothing ? 2 : 1;
        }
        return true;
    }

    /** Decoded here, because Jackson might read the first character as a byte order mark. */
    private static char[] characters(byte[] row) throws CharacterCodingException {
        CharBuffer characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(row));
        return Arrays.copyOf(characters.array(), characters.limit());
    }
}
