package io.playgrant.cli;

import io.playgrant.backup.Backup;
import io.playgrant.config.Rooms;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code playgrant backup}. */
@Command(
        name = "backup",
        description = "Write the database, the key ring and the hash key into one file. Works while the server runs.",
        mixinStandardHelpOptions = true)
final class BackupCommand extends PrintingCommand {

    @Parameters(paramLabel = "FILE", description = "The file to write, which must not be there yet.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        try (Rooms rooms = Home.openExistingRooms()) {
            new Backup(rooms.dataFolder(), rooms.database(), rooms.clock()).write(file, new Version().getVersion()[0]);
            print(
                    "The backup was written to " + file + ". It holds secrets: keep it like the data folder.\n",
                    "the backup was written to " + file);
        }
        return 0;
    }
}
