package io.playgrant.batch;

import io.playgrant.batch.row.CsvCells;
import io.playgrant.batch.row.CsvHeader;
import io.playgrant.batch.row.MessageException;
import io.playgrant.batch.row.RawRow;
import io.playgrant.token.ParameterNames;
import io.playgrant.token.Parameters;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads CSV: each row has the parameters of a request, in the order of the header. An empty field is an absent parameter. */
public final class CsvRequests implements RequestFormat {

    private static final String ID = "id";

    private final List<String> header;
    private final List<String> columns;
    private final Map<String, List<String>> defaults;

    private CsvRequests(List<String> header, Map<String, List<String>> defaults) {
        this.header = header;
        this.columns = header.stream().map(ParameterNames::canonical).toList();
        this.defaults = defaults;
    }

    /**
     * A format with defaults.
     *
     * @param header the first row of the file, with names of parameters and {@code id}
     * @param defaults default values by parameter name
     * @throws BatchException if the row is not a header
     */
    public static CsvRequests of(RawRow header, Map<String, List<String>> defaults) {
        List<String> columns = columns(header);
        if (columns.stream().noneMatch(CsvRequests::isKnown)) {
            // Not quoted: if the header is missing, the first row is a request.
            throw new BatchException(CsvHeader.mistake(header.bytes(), CsvRequests::spelled)
                    .orElse("The first row must be a header; it has neither id nor the name of a parameter"));
        }
        if (columns.stream().filter(ID::equals).count() > 1) {
            throw new BatchException("The header has more than one column id");
        }
        return new CsvRequests(columns, defaults);
    }

    private static List<String> columns(RawRow header) {
        if (header.refusal() != null) {
            throw new BatchException(
                    "The header cannot be read: " + header.refusal().details());
        }
        try {
            return CsvCells.read(header.bytes());
        } catch (MessageException e) {
            throw new BatchException(CsvHeader.mistake(header.bytes(), CsvRequests::spelled)
                    .orElse("The header cannot be read: " + e.reason()));
        }
    }

    /** The column that equals the text except for case. */
    public static Optional<String> spelled(String text) {
        return text.strip().equalsIgnoreCase(ID) ? Optional.of(ID) : ParameterNames.spelled(text);
    }

    private static boolean isKnown(String column) {
        return column.equals(ID) || ParameterNames.isKnown(column);
    }

    /** The columns that are not parameters of the protocol. They are ignored. */
    public List<String> unknownColumns() {
        return header.stream().filter(column -> !isKnown(column)).toList();
    }

    @Override
    public Item parse(byte[] record, String number) {
        List<String> cells = CsvCells.read(record);
        if (cells.size() != columns.size()) {
            throw new MessageException(
                    null, "the row has " + cells.size() + " fields, the header has " + columns.size());
        }
        String id = number;
        Parameters parameters = new Parameters();
        Set<String> own = new HashSet<>();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (cell.isEmpty()) {
                continue;
            }
            if (columns.get(i).equals(ID)) {
                id = checkedId(cell);
            } else {
                parameters.add(columns.get(i), cell);
                own.add(columns.get(i));
            }
        }
        defaults.forEach((name, values) -> {
            if (!own.contains(name)) {
                values.forEach(value -> parameters.add(name, value));
            }
        });
        return Item.of(id, parameters);
    }

    private static String checkedId(String id) {
        if (!MessageParser.isId(id)) {
            throw new MessageException(
                    null, "id must have 1 to " + MessageReader.LONGEST_ID + " characters, and no control character");
        }
        return id;
    }
}
