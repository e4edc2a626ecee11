package io.playgrant.cli.terminal;

import io.playgrant.batch.CsvResults;
import io.playgrant.batch.JsonResults;
import io.playgrant.batch.ResultFormat;
import io.playgrant.batch.row.RowReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** How requests and results stand in a file. */
public enum FileFormat {
    CSV,
    /** Requests may be an array, too; results are lines. */
    JSON;

    /** A byte order mark and some blank lines before the first request. */
    private static final int LOOK_AHEAD = 256;

    /** By the ending of a file's name. */
    public static Optional<FileFormat> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv")) {
            return Optional.of(CSV);
        }
        boolean json = lower.endsWith(".jsonl") || lower.endsWith(".ndjson") || lower.endsWith(".json");
        return json ? Optional.of(JSON) : Optional.empty();
    }

    /** By the first character, which stays to be read: a brace or a bracket begins JSON. */
    static FileFormat ofContent(BufferedInputStream in) throws IOException {
        in.mark(LOOK_AHEAD);
        int next = in.read();
        for (int i = 1; i < LOOK_AHEAD && (Character.isWhitespace(next) || next >= 0x80); i++) {
            next = in.read();
        }
        in.reset();
        return next == '{' || next == '[' ? JSON : CSV;
    }

    RowReader reader(InputStream in) {
        return this == CSV ? RowReader.csv(in) : RowReader.json(in);
    }

    public ResultFormat results() {
        return this == CSV ? new CsvResults() : new JsonResults();
    }
}
