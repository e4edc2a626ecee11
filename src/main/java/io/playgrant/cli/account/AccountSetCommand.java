package io.playgrant.cli.account;

import io.playgrant.account.Account;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Credits;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code playgrant account set}. */
@Command(
        name = "set",
        description = "Change an account. What is not named stays as it is.",
        mixinStandardHelpOptions = true)
final class AccountSetCommand extends PrintingCommand {

    @Parameters(paramLabel = "ACCOUNT", description = "The account's number.")
    private long number;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "strict: the rules as documented. lenient: what real clients get away with.")
    private @Nullable Profile profile;

    @ArgGroup(exclusive = true)
    private @Nullable State state;

    @Option(names = "--widevine", paramLabel = "on|off", description = "Whether it may ask for Widevine tokens.")
    private @Nullable OnOff widevine;

    @Option(
            names = "--networks",
            paramLabel = "CIDR,...",
            converter = Networks.Converter.class,
            description = "Where it may be used: addresses and CIDR ranges; anywhere if empty.")
    private @Nullable Networks networks;

    @ArgGroup(exclusive = true)
    private @Nullable Balance balance;

    @Option(
            names = "--rate",
            paramLabel = "N|any",
            converter = LimitConverter.OfRate.class,
            description = "How many tokens a server gives it in a second.")
    private @Nullable Limit rate;

    @Option(names = "--json", description = "Print the account as one line of JSON.")
    private boolean json;

    private static final class State {

        @Option(names = "--enabled", description = "Let it ask for tokens.")
        private boolean enabled;

        @Option(names = "--disabled", description = "Refuse whatever it asks for.")
        private boolean disabled;
    }

    private static final class Balance {

        @Option(
                names = "--credits",
                paramLabel = "N|any",
                converter = LimitConverter.OfCredits.class,
                description = "How many tokens it may be given from now on.")
        private @Nullable Limit credits;

        @Option(names = "--add-credits", paramLabel = "N", description = "How many more tokens it may be given.")
        private @Nullable Long more;
    }

    @Override
    public Integer call() {
        AccountChange change = change();
        if (balance != null && balance.more != null && (balance.more < 1 || balance.more > Credits.MOST)) {
            throw new ParameterException(commandLine(), "--add-credits must be a number from 1 to " + Credits.MOST);
        }
        if (change.isNothing()) {
            throw new ParameterException(commandLine(), "Name what is to change.");
        }
        try (Application application = InstallationHome.openExistingApplication()) {
            Account account = application
                    .accounts()
                    .change(number, change)
                    .orElseThrow(() -> new CommandException("There is no account " + number));
            print(
                    json ? Json.line(AccountView.json(account)) + "\n" : AccountView.text(account),
                    "the account was changed, see account show " + number);
        }
        return 0;
    }

    private AccountChange change() {
        return new AccountChange(
                profile,
                state == null ? null : Boolean.valueOf(state.enabled && !state.disabled),
                widevine == null ? null : Boolean.valueOf(widevine == OnOff.ON),
                networks == null ? null : networks.ranges(),
                balance == null ? null : balance.credits,
                balance == null ? null : balance.more,
                rate);
    }
}
