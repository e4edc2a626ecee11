package io.playgrant.cli.key;

import io.playgrant.batch.row.CsvCells;
import io.playgrant.batch.row.CsvHeader;
import io.playgrant.batch.row.MessageException;
import io.playgrant.batch.row.RawRow;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.FileFormat;
import io.playgrant.cli.terminal.InputFile;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyFields;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the rows of a file as keys. */
@FunctionalInterface
interface KeyRows {

    /** The members of a key object that a file may contain. */
    Set<String> MEMBERS = Set.of("kid", "k", "ek", "kekId", "info", "contentId", "expiration", "trackType");

    /**
     * Reads a row.
     *
     * @throws TokenException if the row is not a key; the message quotes nothing of it
     */
    KeyFields read(RawRow row);

    /**
     * A reader for a file. Reads the header if the file has one.
     *
     * @param warnings receives sentences to show to the user
     */
    static KeyRows of(InputFile file, Consumer<String> warnings) {
        return file.format() == FileFormat.CSV
                ? csv(columns(file, warnings))
                : row -> KeyFields.read(bytes(row), "the row");
    }

    private static byte[] bytes(RawRow row) {
        if (row.refusal() != null) {
            throw row.refusal();
        }
        return row.bytes();
    }

    private static List<String> columns(InputFile file, Consumer<String> warnings) {
        RawRow header = file.header();
        List<String> columns;
        try {
            columns = cells(header);
        } catch (TokenException e) {
            throw new CommandException(CsvHeader.mistake(header.bytes(), KeyRows::spelled)
                    .orElse("The header cannot be read: " + e.details()));
        }
        if (!columns.contains("kid") || !(columns.contains("ek") || columns.contains("k"))) {
            // Not quoted: if the header is missing, the first row is a key.
            throw new CommandException(CsvHeader.mistake(header.bytes(), KeyRows::spelled)
                    .orElse("The first row must be a header with kid, and ek or k"));
        }
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new CommandException("The header has the same column twice");
        }
        columns.stream()
                .filter(column -> !MEMBERS.contains(column))
                .forEach(column -> warnings.accept(unknown(column)));
        return columns;
    }

    private static String unknown(String column) {
        return "The column '" + column + "' is not a member of a key and is ignored"
                + spelled(column).map(name -> ". The member is spelled " + name).orElse("");
    }

    /** The member that equals the text except for case. */
    private static Optional<String> spelled(String text) {
        return MEMBERS.stream().filter(text.strip()::equalsIgnoreCase).findFirst();
    }

    private static List<String> cells(RawRow row) {
        try {
            return CsvCells.read(bytes(row));
        } catch (MessageException e) {
            throw TokenException.of(ErrorCode.KEYSTORE_INVALID_SYNTAX, e.reason());
        }
    }

    private static KeyRows csv(List<String> columns) {
        return row -> {
            List<String> cells = cells(row);
            if (cells.size() != columns.size()) {
                throw TokenException.of(
                        ErrorCode.KEYSTORE_INVALID_SYNTAX,
                        "the row has " + cells.size() + " fields, the header has " + columns.size());
            }
            Map<String, String> members = new HashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                if (!cells.get(i).isEmpty()) {
                    members.put(columns.get(i), cells.get(i));
                }
            }
            return KeyFields.of(members);
        };
    }
}
