package io.playgrant.cli;

import io.playgrant.account.Account;
import io.playgrant.account.Accounts;
import io.playgrant.account.Profile;
import io.playgrant.config.Rooms;
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
            converter = ProfileConverter.class,
            description = "strict: the rules as documented. lenient: what real clients get away with.")
    private @Nullable Profile profile;

    @ArgGroup(exclusive = true)
    private @Nullable State state;

    @Option(
            names = "--widevine",
            paramLabel = "on|off",
            converter = OnOffConverter.class,
            description = "Whether it may ask for Widevine tokens.")
    private @Nullable OnOff widevine;

    @Option(names = "--json", description = "Print the account as one line of JSON.")
    private boolean json;

    private static final class State {

        @Option(names = "--enabled", description = "Let it ask for tokens.")
        private boolean enabled;

        @Option(names = "--disabled", description = "Refuse whatever it asks for.")
        private boolean disabled;
    }

    @Override
    public Integer call() {
        Boolean enabled = state == null ? null : Boolean.valueOf(state.enabled && !state.disabled);
        Boolean hasWidevine = widevine == null ? null : Boolean.valueOf(widevine == OnOff.ON);
        if (profile == null && enabled == null && hasWidevine == null) {
            throw new ParameterException(commandLine(), "Name what is to change.");
        }
        try (Rooms rooms = Home.openExistingRooms()) {
            Account account = rooms.accounts()
                    .change(number, new Accounts.Change(profile, enabled, hasWidevine))
                    .orElseThrow(() -> new CommandException("There is no account " + number));
            print(json ? Json.line(AccountView.json(account)) + "\n" : AccountView.text(account));
        }
        return 0;
    }
}
