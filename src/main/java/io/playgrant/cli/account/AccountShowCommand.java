package io.playgrant.cli.account;

import io.playgrant.account.Account;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.view.AccountView;
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
        try (Application application = InstallationHome.openExistingApplication()) {
            Account account = application
                    .accounts()
                    .find(number)
                    .orElseThrow(() -> new CommandException("There is no account " + number));
            print(json ? Json.line(AccountView.json(account)) + "\n" : AccountView.text(account));
        }
        return 0;
    }
}
