package io.playgrant.cli.token;

import io.playgrant.batch.row.RawRow;
import io.playgrant.batch.row.RowReader;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads tokens from standard input, one on each line, with one line in memory at a time. Skips blank lines. */
final class TokenLines {

    private final RowReader reader;
    private final Consumer<String> complaints;

    /**
     * Reads the lines of a stream.
     *
     * @param complaints receives a sentence with the number of each unusable line
     */
    TokenLines(InputStream in, Consumer<String> complaints) {
        this.reader = RowReader.lines(in);
        this.complaints = complaints;
    }

    /** Processes the token of a line. */
    interface Work {

        /**
         * Processes a token.
         *
         * @param token its text, which is not checked
         * @return whether it succeeded
         * @throws CommandException if the line is unusable; the next lines are processed all the same
         */
        boolean accept(long line, String token);
    }

    /**
     * Processes all lines. An unusable line does not stop the run.
     *
     * @return whether every line succeeded
     * @throws CommandException if there is no token, the input cannot be read to its end, or the database fails
     */
    boolean forEach(Work work) {
        boolean any = false;
        boolean allSucceeded = true;
        for (RawRow line = next(); line != null; line = next()) {
            String text = new String(line.bytes(), StandardCharsets.UTF_8);
            if (line.refusal() != null || !text.isBlank()) {
                any = true;
                allSucceeded &= process(work, line, text);
            }
        }
        if (!any) {
            throw new CommandException("There is no token on standard input");
        }
        return allSucceeded;
    }

    private boolean process(Work work, RawRow line, String text) {
        try {
            if (line.refusal() == null) {
                return work.accept(line.place().line(), TokenArgument.of(text));
            }
            complain(line, "it is longer than " + RowReader.LONGEST + " bytes");
        } catch (CommandException e) {
            complain(line, String.valueOf(e.getMessage()));
        } catch (StorageException e) {
            throw new CommandException(e.getMessage() + "; no line from " + line.place() + " on was processed");
        }
        return false;
    }

    private void complain(RawRow line, String problem) {
        complaints.accept(line.place() + ": " + problem);
    }

    private @Nullable RawRow next() {
        try {
            return reader.next();
        } catch (IOException e) {
            throw new CommandException("Standard input cannot be read: " + StorageException.reason(e));
        }
    }
}
