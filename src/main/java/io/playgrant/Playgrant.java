package io.playgrant;

import io.playgrant.cli.CommandLineInterface;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Starts the program. */
public final class Playgrant {

    private Playgrant() {}

    /** Runs the command that the arguments name, and exits with its status. */
    public static void main(String[] args) {
        // The same output in every locale: ASCII digits, UTF-8, and English messages of libraries.
        Locale.setDefault(Locale.ENGLISH);
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(FileDescriptor.err));
        System.exit(CommandLineInterface.run(args));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }
}
