package io.playgrant.cli.account;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code playgrant account delete}. */
@Command(
        name = "delete",
        description =
                "Delete an account permanently, with its authenticators and credits. Its tokens cannot be redeemed any more.",
        mixinStandardHelpOptions = true)
final class AccountDeleteCommand extends PrintingCommand {

    @Parameters(paramLabel = "ACCOUNT", description = "The account's number.")
    private long number;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            if (!application.accounts().delete(number)) {
                throw new CommandException("There is no account " + number);
            }
            print(
                    json ? Json.line(Map.of("deleted", number)) + "\n" : "Account " + number + " is deleted.\n",
                    "account " + number + " is deleted");
        }
        return 0;
    }
}
