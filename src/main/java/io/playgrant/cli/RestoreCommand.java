package io.playgrant.cli;

import io.playgrant.backup.Manifest;
import io.playgrant.backup.Restore;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code playgrant restore}. */
@Command(
        name = "restore",
        description = "Make the data folder of a backup. The folder must be empty, or not be there yet.",
        mixinStandardHelpOptions = true)
final class RestoreCommand extends PrintingCommand {

    @Parameters(paramLabel = "FILE", description = "A file that backup wrote.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        Path data = Home.settings().dataDir();
        Manifest manifest = new Restore(file, Clock.systemUTC()).into(data);
        print("The backup of " + manifest.createdAt() + " was restored into " + data + ".\n");
        return 0;
    }
}
