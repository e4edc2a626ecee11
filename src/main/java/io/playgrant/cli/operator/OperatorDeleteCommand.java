package io.playgrant.cli.operator;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code playgrant operator delete}. */
@Command(
        name = "delete",
        description = "Delete an operator permanently, and end all sessions. The audit keeps the name.",
        mixinStandardHelpOptions = true)
final class OperatorDeleteCommand extends PrintingCommand {

    @Parameters(paramLabel = "NAME", description = "The operator's name.")
    private String name = "";

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            if (!application.operators().delete(name)) {
                throw new CommandException("There is no operator " + name);
            }
            print(
                    json ? Json.line(Map.of("deleted", name)) + "\n" : "Operator " + name + " is deleted.\n",
                    "operator " + name + " is deleted");
        }
        return 0;
    }
}
