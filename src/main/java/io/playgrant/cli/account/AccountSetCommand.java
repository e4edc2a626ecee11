package io.playgrant.cli.account;

import io.playgrant.account.Account;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Credits;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.view.AccountView;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code playgrant account set}. */
@Command(
        name = "set",
        description = "Change an account. Properties that are not given remain as they are.",
        mixinStandardHelpOptions = true)
final class AccountSetCommand extends PrintingCommand {

    @Parameters(paramLabel = "ACCOUNT", description = "The account's number.")
    private long number;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "strict: apply the documented rules. lenient: accept what real clients send.")
    private @Nullable Profile profile;

    @ArgGroup(exclusive = true)
    private @Nullable State state;

    @Option(
            names = "--widevine",
            paramLabel = "on|off",
            description = "Whether the account may request Widevine tokens.")
    private @Nullable OnOff widevine;

    @Option(
            names = "--networks",
            paramLabel = "CIDR,...",
            converter = Networks.Converter.class,
            description = "The addresses and CIDR ranges from which the account may be used; empty for any.")
    private @Nullable Networks networks;

    @ArgGroup(exclusive = true)
    private @Nullable Balance balance;

    @Option(
            names = "--rate",
            paramLabel = "N|any",
            converter = LimitConverter.OfRate.class,
            description = "The number of tokens per second that each server issues to the account.")
    private @Nullable Limit rate;

    @ArgGroup(exclusive = false)
    private @Nullable Packaging packaging;

    @Option(names = "--json", description = "Print the account as one line of JSON.")
    private boolean json;

    private static final class Packaging {

        @Option(
                names = "--packaging",
                paramLabel = "on|off",
                required = true,
                description = "Whether packagers may ask for keys of the account.")
        private OnOff value = OnOff.OFF;

        @Option(
                names = "--environment",
                paramLabel = "ENVIRONMENT",
                description = "The environment of --packaging: production or test (default: both).")
        private @Nullable Environment environment;

        private Set<Environment> environments() {
            return environment == null ? EnumSet.allOf(Environment.class) : EnumSet.of(environment);
        }
    }

    private static final class State {

        @Option(names = "--enabled", description = "Let the account request tokens.")
        private boolean enabled;

        @Option(names = "--disabled", description = "Refuse all requests of the account.")
        private boolean disabled;
    }

    private static final class Balance {

        @Option(
                names = "--credits",
                paramLabel = "N|any",
                converter = LimitConverter.OfCredits.class,
                description = "The number of tokens that the account may obtain from now on.")
        private @Nullable Limit credits;

        @Option(
                names = "--add-credits",
                paramLabel = "N",
                description = "The number of tokens to add to the account's credits.")
        private @Nullable Long more;
    }

    @Override
    public Integer call() {
        AccountChange change = change();
        if (balance != null && balance.more != null && (balance.more < 1 || balance.more > Credits.MOST)) {
            throw new ParameterException(commandLine(), "--add-credits must be a number from 1 to " + Credits.MOST);
        }
        if (change.isNothing()) {
            throw new ParameterException(commandLine(), "Give at least one property to change.");
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
        AccountChange change = new AccountChange(
                profile,
                state == null ? null : Boolean.valueOf(state.enabled && !state.disabled),
                widevine == null ? null : Boolean.valueOf(widevine == OnOff.ON),
                networks == null ? null : networks.ranges(),
                balance == null ? null : balance.credits,
                balance == null ? null : balance.more,
                rate);
        return packaging == null ? change : change.withPackaging(packaging.value == OnOff.ON, packaging.environments());
    }
}
