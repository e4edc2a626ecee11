package io.playgrant.cli.terminal;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that prints results, and fails if it cannot: an empty file must not look like a result. */
public abstract class PrintingCommand implements Callable<Integer> {

    private static final Pattern CONTROLS = Pattern.compile("[" + ClientText.UNPRINTABLE + "&&[^\n]]");

    @Spec
    private @Nullable CommandSpec spec;

    protected final CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }

    /**
     * Prints text that ends in a line end.
     *
     * @throws OutputException if it cannot be written
     */
    protected final void print(String text) {
        print(text, "");
    }

    /**
     * Prints the result of a command that changes something.
     *
     * @param done the change, as the end of a sentence: a user who sees an error instead of the result must know whether to try again
     * @throws OutputException if the text cannot be written; the message ends with the change
     */
    protected final void print(String text, String done) {
        if (!printed(text)) {
            throw new OutputException(done);
        }
    }

    /** Prints text that ends in a line end. Returns whether it was written. */
    protected final boolean printed(String text) {
        PrintWriter out = commandLine().getOut();
        out.print(printable(text));
        return !StandardOutput.hasFailed(out);
    }

    /** Prints a sentence on standard error. */
    protected final void complain(String sentence) {
        commandLine().getErr().println("playgrant: " + printable(sentence));
    }

    /** The text without characters that could control the terminal. */
    protected static String printable(String text) {
        return CONTROLS.matcher(text).replaceAll("?");
    }
}
