package io.playgrant.cli.account;

import io.playgrant.account.Account;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.view.AccountView;
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
        try (Application application = InstallationHome.openExistingApplication()) {
            List<Account> accounts = application.accounts().list();
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
