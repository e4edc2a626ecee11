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

/** {@code playgrant account authenticator revoke}. */
@Command(
        name = "revoke",
        description = "Revoke an authenticator of an account permanently. A running server refuses it within seconds.",
        mixinStandardHelpOptions = true)
final class AuthenticatorRevokeCommand extends PrintingCommand {

    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "The account's number.")
    private long number;

    @Parameters(index = "1", paramLabel = "ID", description = "The authenticator's id, see account authenticator list.")
    private long id;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            if (!application.accounts().authenticators().revoke(number, id)) {
                throw new CommandException("Account " + number + " has no authenticator " + id);
            }
            print(
                    json
                            ? Json.line(Map.of("revoked", id)) + "\n"
                            : "Authenticator " + id + " of account " + number + " is revoked.\n",
                    "the authenticator is revoked");
        }
        return 0;
    }
}
