package io.playgrant.cli.operate;

import io.playgrant.app.Application;
import io.playgrant.backup.Backup;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.cli.terminal.StandardOutput;
import io.playgrant.cli.terminal.Version;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code playgrant backup}. */
@Command(
        name = "backup",
        description =
                "Write the database, the key ring and the hash key into one file. Works while the server is running.",
        mixinStandardHelpOptions = true)
public final class BackupCommand extends PrintingCommand {

    @Parameters(
            paramLabel = "FILE",
            description =
                    "The file to write, which must not exist yet; - is standard output, unless that is a terminal.")
    private String file = "";

    @Override
    public Integer call() {
        boolean toStandardOutput = StandardOutput.isStandard(file);
        if (toStandardOutput && Boolean.getBoolean("playgrant.terminal")) {
            throw new CommandException("A backup is binary: redirect standard output to a file or another program");
        }
        try (Application application = InstallationHome.openExistingApplication()) {
            Backup backup = new Backup(application.dataFolder(), application.database(), application.clock());
            String program = new Version().getVersion()[0];
            if (toStandardOutput) {
                backup.write(StandardOutput.bytes(System.out), program);
            } else {
                backup.write(Path.of(file), program);
                print(
                        "The backup was written to " + file
                                + ". It contains secrets: protect it like the data folder.\n",
                        "the backup was written to " + file);
            }
        }
        return 0;
    }
}
