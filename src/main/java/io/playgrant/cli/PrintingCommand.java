package io.playgrant.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that prints something. */
abstract class PrintingCommand implements Callable<Integer> {

    private static final Pattern CONTROLS = Pattern.compile("[" + ClientText.UNPRINTABLE + "&&[^\n]]");

    @Spec
    private @Nullable CommandSpec spec;

    final CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }

    /** Prints text that ends in a line end. */
    final void print(String text) {
        PrintWriter out = commandLine().getOut();
        out.print(printable(text));
        out.flush();
    }

    /** Text without what a terminal would take for a command. */
    static String printable(String text) {
        return CONTROLS.matcher(text).replaceAll("?");
    }
}
