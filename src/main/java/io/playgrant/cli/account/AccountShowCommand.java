package io.playgrant.cli.account;

import io.playgrant.account.Account;
import io.playgrant.app.Rooms;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.Home;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code playgrant account show}. */
@Command(name = "show", description = "Show an account.", mixinStandardHelpOptions = true)
final class AccountShowCommand extends PrintingCommand {

    @Parameters(paramLabel = "ACCOUNT", description = "The account's number.")
    private long number;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Rooms rooms = Home.openExistingRooms()) {
            Account account = rooms.accounts()
                    .find(number)
                    .orElseThrow(() -> new CommandException("There is no account " + number));
            print(json ? Json.line(AccountView.json(account)) + "\n" : AccountView.text(account));
        }
        return 0;
    }
}
