package io.playgrant.cli.account;

import io.playgrant.account.Accounts;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.storage.StorageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code playgrant account create}. */
@Command(
        name = "create",
        description = "Make an account, and show its authenticators. They are not to be had again.",
        mixinStandardHelpOptions = true)
final class AccountCreateCommand extends PrintingCommand {

    private static final int LONGEST_NAME = 200;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "What people call it.")
    private String name = "";

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "strict",
            description = "strict: the rules as documented (default). lenient: what real clients get away with.")
    private Profile profile = Profile.STRICT;

    @Option(
            names = "--networks",
            paramLabel = "CIDR,...",
            defaultValue = "",
            converter = Networks.Converter.class,
            description = "Where it may be used: addresses and CIDR ranges (default: anywhere).")
    private Networks networks = new Networks(List.of());

    @Option(
            names = "--credits",
            paramLabel = "N",
            defaultValue = "any",
            converter = LimitConverter.OfCredits.class,
            description = "How many tokens it may be given (default: any number).")
    private Limit credits = Limit.NONE;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "any",
            converter = LimitConverter.OfRate.class,
            description = "How many tokens a server gives it in a second (default: any number).")
    private Limit rate = Limit.NONE;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    private boolean shown;

    @Override
    public Integer call() {
        checkName();
        try (Application application = InstallationHome.openApplication()) {
            application.accounts().create(new NewAccount(name, profile, networks.ranges(), credits, rate), this::show);
        } catch (StorageException e) {
            throw shown
                    ? new CommandException(e.getMessage()
                            + "; the authenticators that were printed are good only if account list shows the account")
                    : e;
        }
        if (!json) {
            commandLine().getErr().println("Write the authenticators down now: they are not shown again.");
        }
        return 0;
    }

    /** Runs before the account is committed: there is none whose authenticators nobody has. */
    private void show(Accounts.Created created) {
        print(json ? Json.line(toJson(created)) + "\n" : text(created), "no account was made");
        shown = true;
    }

    private void checkName() {
        // As the database counts.
        if (name.isBlank()
                || name.length() > LONGEST_NAME
                || name.codePoints().anyMatch(AccountCreateCommand::isUnfit)) {
            throw new CommandException(
                    "--name must have 1 to " + LONGEST_NAME + " characters, and no control character");
        }
    }

    /** Half a pair of surrogates is no character, and not every database keeps it. */
    private static boolean isUnfit(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }

    private static Map<String, Object> toJson(Accounts.Created created) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", created.account().number());
        json.put("name", created.account().name());
        created.authenticators()
                .forEach((environment, authenticator) ->
                        json.put(environment.label(), Map.of("customerAuthenticator", authenticator.reveal())));
        return json;
    }

    private static String text(Accounts.Created created) {
        StringBuilder text = new StringBuilder(AccountView.text(created.account()));
        for (Environment environment : created.authenticators().keySet()) {
            text.append("%-15s %s%n"
                    .formatted(
                            environment.label(),
                            created.authenticators().get(environment).reveal()));
        }
        return text.toString();
    }
}
