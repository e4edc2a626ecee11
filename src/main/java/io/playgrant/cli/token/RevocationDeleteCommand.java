package io.playgrant.cli.token;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code playgrant token revocation delete}. */
@Command(
        name = "delete",
        description = "Delete a revocation. Its tokens are valid again, unless another revocation covers them.",
        mixinStandardHelpOptions = true)
final class RevocationDeleteCommand extends PrintingCommand {

    @Parameters(paramLabel = "ID", description = "The revocation's id, see token revocation list.")
    private long id;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            if (!application.revocations().withdraw(id)) {
                throw new CommandException("There is no revocation " + id);
            }
            print(
                    json ? Json.line(Map.of("deleted", id)) + "\n" : "Revocation " + id + " is deleted.\n",
                    "the revocation is deleted");
        }
        return 0;
    }
}
