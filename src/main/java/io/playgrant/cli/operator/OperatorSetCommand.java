package io.playgrant.cli.operator;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.operator.Operator;
import io.playgrant.operator.OperatorChange;
import io.playgrant.operator.Role;
import io.playgrant.view.OperatorView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code playgrant operator set}. */
@Command(
        name = "set",
        description = "Change an operator. Properties that are not given remain as they are.",
        mixinStandardHelpOptions = true)
final class OperatorSetCommand extends PrintingCommand {

    @Parameters(paramLabel = "NAME", description = "The operator's name.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description =
                    "viewer: read everything. support: also explain, issue and revoke tokens. admin: change everything.")
    private @Nullable Role role;

    @ArgGroup(exclusive = true)
    private @Nullable State state;

    @Option(names = "--json", description = "Print the operator as one line of JSON.")
    private boolean json;

    private static final class State {

        @Option(names = "--enabled", description = "Let the operator sign in and use the API token.")
        private boolean enabled;

        @Option(names = "--disabled", description = "End all sessions, and refuse the operator.")
        private boolean disabled;
    }

    @Override
    public Integer call() {
        OperatorChange change =
                new OperatorChange(role, state == null ? null : Boolean.valueOf(state.enabled && !state.disabled));
        if (change.isNothing()) {
            throw new ParameterException(commandLine(), "Give at least one property to change.");
        }
        try (Application application = InstallationHome.openExistingApplication()) {
            Operator operator = application
                    .operators()
                    .change(name, change)
                    .orElseThrow(() -> new CommandException("There is no operator " + name));
            print(
                    json ? Json.line(OperatorView.json(operator)) + "\n" : OperatorTable.lines(operator),
                    "the operator was changed, see operator list");
        }
        return 0;
    }
}
