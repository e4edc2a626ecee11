package io.playgrant.cli.operator;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Operators.Renewed;
import io.playgrant.storage.StorageException;
import io.playgrant.view.OperatorView;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that gives an operator a new secret and shows it. */
abstract class RenewingCommand extends PrintingCommand {

    private final String secret;
    private final String member;

    @Parameters(paramLabel = "NAME", description = "The operator's name.")
    private String name = "";

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    private boolean shown;

    /**
     * A command.
     *
     * @param secret the secret as text names it
     * @param member the secret as JSON names it
     */
    RenewingCommand(String secret, String member) {
        this.secret = secret;
        this.member = member;
    }

    abstract Optional<Renewed> renew(Operators operators, String name, Consumer<Renewed> handOver);

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            if (renew(application.operators(), name, this::show).isEmpty()) {
                throw new CommandException("There is no operator " + name);
            }
        } catch (StorageException e) {
            throw shown
                    ? new CommandException(
                            e.getMessage() + "; either the printed " + secret + " or the previous one is valid")
                    : e;
        }
        if (!json) {
            commandLine().getErr().println("Save the " + secret + " now: it cannot be shown again.");
        }
        return 0;
    }

    /** Called before the commit, so that the previous secret is valid until the new one was printed. */
    private void show(Renewed renewed) {
        print(
                json
                        ? Json.line(OperatorView.json(renewed, member)) + "\n"
                        : "name            %s%n%-15s %s%n"
                                .formatted(
                                        renewed.operator().name(),
                                        secret.toLowerCase(Locale.ROOT),
                                        renewed.secret().reveal()),
                "the previous " + secret + " remains valid");
        shown = true;
    }
}
