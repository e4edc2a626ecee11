package io.playgrant.cli.account;

import io.playgrant.account.Authenticators;
import io.playgrant.account.Environment;
import io.playgrant.account.Purpose;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.storage.StorageException;
import io.playgrant.view.AuthenticatorView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code playgrant account authenticator add}. */
@Command(
        name = "add",
        description = "Add an authenticator to an account and show it. It cannot be shown again.",
        mixinStandardHelpOptions = true)
final class AuthenticatorAddCommand extends PrintingCommand {

    @Parameters(paramLabel = "ACCOUNT", description = "The account's number.")
    private long number;

    @Option(
            names = "--environment",
            paramLabel = "ENVIRONMENT",
            defaultValue = "production",
            description = "production (default) or test.")
    private Environment environment = Environment.PRODUCTION;

    @Option(
            names = "--for",
            paramLabel = "PURPOSE",
            defaultValue = "tokens",
            description =
                    "tokens (default): for all requests but those of packagers. packaging: for those of packagers only.")
    private Purpose purpose = Purpose.TOKENS;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    private boolean shown;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            if (application
                    .accounts()
                    .authenticators()
                    .add(number, environment, purpose, this::show)
                    .isEmpty()) {
                throw new CommandException("There is no account " + number);
            }
        } catch (StorageException e) {
            throw shown
                    ? new CommandException(e.getMessage()
                            + "; the printed authenticator is valid only if account authenticator list shows it")
                    : e;
        }
        if (!json) {
            commandLine().getErr().println("Save the authenticator now: it cannot be shown again.");
        }
        return 0;
    }

    /** Called before the commit, so that no authenticator exists that was never printed. */
    private void show(Authenticators.Added added) {
        print(
                json ? Json.line(AuthenticatorView.json(added, environment, purpose)) + "\n" : text(added),
                "no authenticator was added");
        shown = true;
    }

    private String text(Authenticators.Added added) {
        return "id              %d%nfor             %s%n%-15s %s%n"
                .formatted(
                        added.id(),
                        purpose.label(),
                        environment.label(),
                        added.authenticator().reveal());
    }
}
