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

/** The format of a file of requests, results or keys. */
public enum FileFormat {
    CSV,
    /** One JSON object on each line. Input may also be one array. */
    JSON;

    /** Enough for a byte order mark and some blank lines before the first row. */
    private static final int LOOK_AHEAD = 256;

    /** The format that the extension of a file's name stands for. */
    public static Optional<FileFormat> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv")) {
            return Optional.of(CSV);
        }
        boolean json = lower.endsWith(".jsonl") || lower.endsWith(".ndjson") || lower.endsWith(".json");
        return json ? Optional.of(JSON) : Optional.empty();
    }

    /** The format by the first character, which is not consumed: a brace or a bracket begins JSON. */
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
