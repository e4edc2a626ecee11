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

/** {@code playgrant account signer delete}. */
@Command(
        name = "delete",
        description =
                "Delete a signer of an account. A running server refuses its signatures within seconds. After the last one, requests need no "
                        + "signature.",
        mixinStandardHelpOptions = true)
final class SignerDeleteCommand extends PrintingCommand {

    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "The account's number.")
    private long number;

    @Parameters(index = "1", paramLabel = "NAME", description = "The signer's name, see account signer list.")
    private String name = "";

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            if (!application.accounts().signers().delete(number, name)) {
                throw new CommandException("Account " + number + " has no signer of this name");
            }
            print(
                    json
                            ? Json.line(Map.of("deleted", name)) + "\n"
                            : "The signer " + name + " of account " + number + " is deleted.\n",
                    "the signer is deleted");
        }
        return 0;
    }
}
