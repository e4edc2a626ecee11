package io.playgrant.batch;

import io.playgrant.batch.row.MessageException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** How results are lines of a file. Any number of threads may use it at the same time. */
public interface ResultFormat {

    /** What the file begins with: whole lines, or nothing. */
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
