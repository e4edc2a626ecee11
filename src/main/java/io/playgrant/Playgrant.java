package io.playgrant;

import io.playgrant.cli.CommandLineInterface;

/** Starts the program. */
public final class Playgrant {

    private Playgrant() {}

    /** Runs the command that the arguments name, and ends the process with its exit status. */
    public static void main(String[] args) {
        System.exit(CommandLineInterface.run(args));
    }
}
