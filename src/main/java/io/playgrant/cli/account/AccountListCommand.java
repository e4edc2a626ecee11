package io.playgrant.cli.account;

import io.playgrant.account.Account;
import io.playgrant.app.Rooms;
import io.playgrant.cli.terminal.Home;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code playgrant account list}. */
@Command(name = "list", description = "Show all accounts.", mixinStandardHelpOptions = true)
final class AccountListCommand extends PrintingCommand {

    @Option(names = "--json", description = "Print one line of JSON: an array.")
    private boolean json;

    @Override
    public Integer call() {
        try (Rooms rooms = Home.openExistingRooms()) {
            List<Account> accounts = rooms.accounts().list();
            print(json ? Json.line(accounts.stream().map(AccountView::json).toList()) + "\n" : table(accounts));
        }
        return 0;
    }

    private static String table(List<Account> accounts) {
        return Stream.concat(Stream.of(AccountView.HEAD), accounts.stream().map(AccountView::row))
                .map(row -> row + "\n")
                .collect(Collectors.joining());
    }
}
