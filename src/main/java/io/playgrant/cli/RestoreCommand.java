package io.playgrant.cli;

import io.playgrant.backup.Manifest;
import io.playgrant.backup.Restore;
import io.playgrant.config.Settings;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code playgrant restore}. */
@Command(
        name = "restore",
        description =
                "Make the data folder of a backup. The folder must be empty, or not be there yet; so must the database if it is"
                        + " on a server.",
        mixinStandardHelpOptions = true)
final class RestoreCommand extends PrintingCommand {

    @Parameters(paramLabel = "FILE", description = "A file that backup wrote.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        Settings settings = Home.settings();
        Path data = settings.dataDir();
        Manifest manifest = new Restore(file, Clock.systemUTC()).into(data, settings.database());
        print(
                "The backup of " + manifest.createdAt() + " was restored into " + data
                        + settings.database().map(server -> " and " + server).orElse("") + ".\n",
                "the backup was restored");
        return 0;
    }
}
