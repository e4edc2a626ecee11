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
import io.playgrant.view.AccountView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code playgrant account create}. */
@Command(
        name = "create",
        description = "Create an account and show its authenticators. They cannot be shown again.",
        mixinStandardHelpOptions = true)
final class AccountCreateCommand extends PrintingCommand {

    private static final int LONGEST_NAME = 200;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The name of the account.")
    private String name = "";

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "strict",
            description = "strict: apply the documented rules (default). lenient: accept what real clients send.")
    private Profile profile = Profile.STRICT;

    @Option(
            names = "--networks",
            paramLabel = "CIDR,...",
            defaultValue = "",
            converter = Networks.Converter.class,
            description = "The addresses and CIDR ranges from which the account may be used (default: any).")
    private Networks networks = new Networks(List.of());

    @Option(
            names = "--credits",
            paramLabel = "N",
            defaultValue = "any",
            converter = LimitConverter.OfCredits.class,
            description = "The number of tokens that the account may obtain (default: any).")
    private Limit credits = Limit.NONE;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "any",
            converter = LimitConverter.OfRate.class,
            description = "The number of tokens per second that each server issues to the account (default: any).")
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
                            + "; the printed authenticators are valid only if account list shows the account")
                    : e;
        }
        if (!json) {
            commandLine().getErr().println("Save the authenticators now: they cannot be shown again.");
        }
        return 0;
    }

    /** Called before the commit, so that no account exists whose authenticators were never printed. */
    private void show(Accounts.Created created) {
        print(json ? Json.line(AccountView.json(created)) + "\n" : text(created), "no account was created");
        shown = true;
    }

    private void checkName() {
        // In UTF-16 units, as the database counts.
        if (name.isBlank()
                || name.length() > LONGEST_NAME
                || name.codePoints().anyMatch(AccountCreateCommand::isForbidden)) {
            throw new CommandException(
                    "--name must have 1 to " + LONGEST_NAME + " characters, and no control character");
        }
    }

    /** A control character, or an unpaired surrogate, which not every database can store. */
    private static boolean isForbidden(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
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
