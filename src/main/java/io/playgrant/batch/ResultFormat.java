package io.playgrant.batch;

import io.playgrant.batch.row.MessageException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The format of a line with a result. Thread-safe. */
public interface ResultFormat {

    /** The beginning of a file: whole lines, or nothing. */
    byte[] header();

    /** Writes each result as one line that ends in a line feed. */
    void write(List<TokenResult> results, OutputStream out) throws IOException;

    /**
     * Reads a line back.
     *
     * @param line the line without its end
     * @throws MessageException if it is not a result
     */
    TokenResult read(byte[] line);
}
