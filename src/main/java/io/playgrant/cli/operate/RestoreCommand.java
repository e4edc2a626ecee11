package io.playgrant.cli.operate;

import io.playgrant.backup.Manifest;
import io.playgrant.backup.Restore;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.NamedInput;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.config.Settings;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code playgrant restore}. */
@Command(
        name = "restore",
        description =
                "Restore a backup into the data folder, and into the PostgreSQL database if one is set. Both must be empty or"
                        + " missing.",
        mixinStandardHelpOptions = true)
public final class RestoreCommand extends PrintingCommand {

    @Parameters(paramLabel = "FILE", description = "The backup, a file or a pipe; - is standard input.")
    private String file = "";

    @Override
    public Integer call() {
        Settings settings = InstallationHome.settings();
        Path data = settings.dataDir();
        Clock clock = Clock.systemUTC();
        Manifest manifest = NamedInput.isStream(file)
                ? restoreStream(clock, settings)
                : new Restore(Path.of(file), clock).into(data, settings.database());
        print(
                "The backup of " + manifest.createdAt() + " was restored into " + data
                        + settings.database().map(server -> " and " + server).orElse("") + ".\n",
                "the backup was restored");
        return 0;
    }

    private Manifest restoreStream(Clock clock, Settings settings) {
        String source = NamedInput.isStandard(file) ? "standard input" : file;
        try (InputStream in = NamedInput.open(file)) {
            return Restore.fromStream(in, "from " + source, clock, settings.dataDir(), settings.database());
        } catch (IOException e) {
            throw new CommandException(source + " cannot be read: " + StorageException.reason(e));
        }
    }
}
