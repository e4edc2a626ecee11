package io.playgrant.cli.terminal;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that prints something, and fails if it cannot: nobody must take an empty file for an answer. */
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
     * Prints what came of a command that changes something.
     *
     * @param done what was done, as the end of a sentence: whoever gets an error instead of the text must know whether to try again
     * @throws OutputException if it cannot be written; the message ends with what was done
     */
    protected final void print(String text, String done) {
        if (!printed(text)) {
            throw new OutputException(done);
        }
    }

    /** Prints text that ends in a line end, and tells whether it was written. */
    protected final boolean printed(String text) {
        PrintWriter out = commandLine().getOut();
        out.print(printable(text));
        return !StandardOutput.hasFailed(out);
    }

    /** Prints a sentence on standard error. */
    protected final void complain(String sentence) {
        commandLine().getErr().println("playgrant: " + printable(sentence));
    }

    /** Text without what a terminal would take for a command. */
    protected static String printable(String text) {
        return CONTROLS.matcher(text).replaceAll("?");
    }
}
