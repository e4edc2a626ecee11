package io.playgrant.cli;

import io.playgrant.cli.terminal.Termination;
import io.playgrant.storage.Database;
import io.playgrant.storage.Installation;
import java.nio.file.Path;
import java.time.Duration;

/** A process that opens a database, and notes a fact in it when it is told to end. */
public final class TerminatedWriter {

    public static final String READY = "ready";

    private TerminatedWriter() {}

    /** Takes the folder. */
    public static void main(String[] args) throws InterruptedException {
        Termination termination = Termination.expect(Duration.ofSeconds(30));
        try (Database database = Database.openEmbedded(Path.of(args[0]))) {
            System.out.println(READY);
            termination.requested().await();
            Installation installation = new Installation(database);
            for (int i = 0; i < 100; i++) {
                installation.note("at-the-end-" + i, "noted");
            }
        }
        termination.completed();
        System.exit(0);
    }
}
