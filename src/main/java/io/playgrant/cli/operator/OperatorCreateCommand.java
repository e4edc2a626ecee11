package io.playgrant.cli.operator;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import io.playgrant.storage.StorageException;
import io.playgrant.view.OperatorView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code playgrant operator create}. */
@Command(
        name = "create",
        description = "Create an operator and show the password and the API token. They cannot be shown again.",
        mixinStandardHelpOptions = true)
final class OperatorCreateCommand extends PrintingCommand {

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "The name: letters, digits and . _ @ + -, at most 64.")
    private String name = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description =
                    "viewer: read everything. support: also explain, issue and revoke tokens. admin: change everything.")
    private Role role = Role.VIEWER;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    private boolean shown;

    @Override
    public Integer call() {
        if (!Operators.isName(name)) {
            throw new CommandException("--name " + Operators.NAME_FORM);
        }
        try (Application application = InstallationHome.openApplication()) {
            application.operators().create(name, role, this::show);
        } catch (StorageException e) {
            throw shown
                    ? new CommandException(
                            e.getMessage() + "; the printed secrets are valid only if operator list shows the operator")
                    : e;
        }
        if (!json) {
            commandLine().getErr().println("Save the password and the API token now: they cannot be shown again.");
        }
        return 0;
    }

    /** Called before the commit, so that no operator exists whose secrets were never printed. */
    private void show(Operators.Created created) {
        print(json ? Json.line(OperatorView.json(created)) + "\n" : text(created), "no operator was created");
        shown = true;
    }

    private static String text(Operators.Created created) {
        return OperatorTable.lines(created.operator())
                + "password        %s%napi token       %s%n"
                        .formatted(
                                created.password().reveal(), created.apiToken().reveal());
    }
}
