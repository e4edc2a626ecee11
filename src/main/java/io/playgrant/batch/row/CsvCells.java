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

/** The fields of a record of CSV. */
public final class CsvCells {

    private static final CsvFactory CSV =
            CsvFactory.builder().disable(CsvParser.Feature.ALLOW_TRAILING_COMMA).build();

    private CsvCells() {}

    /**
     * Takes a record apart.
     *
     * @param record UTF-8, without a line end
     * @throws MessageException if it is not one record
     */
    public static List<String> read(byte[] record) {
        List<String> cells = new ArrayList<>();
        try (JsonParser parser = CSV.createParser(characters(record))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                cells.add(parser.getText());
            }
            if (parser.nextToken() != null) {
                throw new MessageException(null, "a line break must be a line feed, or stand in quotes");
            }
        } catch (IOException e) {
            // Jackson's own words may quote the record.
            throw new MessageException(null, "the record is not CSV in UTF-8");
        }
        return cells;
    }

    /** Whether a record has no value: nothing but commas, white space and quotes around nothing. */
    static boolean areEmpty(byte[] record) {
        int i = 0;
        while (i < record.length) {
            boolean quotesNothing = record[i] == '"'
                    && i + 1 < record.length
                    && record[i + 1] == '"'
                    && (i + 2 == record.length || record[i + 2] == ',');
            if (!quotesNothing && record[i] != ',' && record[i] != ' ' && record[i] != '\t') {
                return false;
            }
            i += quotesNothing ? 2 : 1;
        }
        return true;
    }

    /** Decoded here, since Jackson would take the first character of a field for a byte order mark. */
    private static char[] characters(byte[] record) throws CharacterCodingException {
        CharBuffer characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record));
        return Arrays.copyOf(characters.array(), characters.limit());
    }
}
