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

/** Tokens on standard input, one a line, any number of them: only one line is held in memory. Blank lines are passed over. */
final class TokenLines {

    private final RowReader reader;
    private final Consumer<String> complaints;

    /**
     * The lines of a stream.
     *
     * @param complaints takes a sentence for each line that nothing can be done with, with its number
     */
    TokenLines(InputStream in, Consumer<String> complaints) {
        this.reader = RowReader.lines(in);
        this.complaints = complaints;
    }

    /** Does something with the token of a line. */
    interface Work {

        /**
         * Takes a token.
         *
         * @param token its text, which may be none
         * @return whether all is well with it
         * @throws CommandException if nothing can be done with this one; the next ones are not affected
         */
        boolean accept(long line, String token);
    }

    /**
     * Goes through all lines. One that nothing can be done with does not keep the others from their turn.
     *
     * @return whether all was well with each of them
     * @throws CommandException if there is none, they cannot be read to the end, or the database fails
     */
    boolean forEach(Work work) {
        boolean any = false;
        boolean allWell = true;
        for (RawRow line = next(); line != null; line = next()) {
            String text = new String(line.bytes(), StandardCharsets.UTF_8);
            if (line.refusal() != null || !text.isBlank()) {
                any = true;
                allWell &= isWell(work, line, text);
            }
        }
        if (!any) {
            throw new CommandException("There is no token on standard input");
        }
        return allWell;
    }

    private boolean isWell(Work work, RawRow line, String text) {
        try {
            if (line.refusal() == null) {
                return work.accept(line.place().line(), TokenArgument.of(text));
            }
            complain(line, "it is longer than " + RowReader.LONGEST + " bytes");
        } catch (CommandException e) {
            complain(line, String.valueOf(e.getMessage()));
        } catch (StorageException e) {
            throw new CommandException(e.getMessage() + "; nothing was done from " + line.place() + " on");
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
