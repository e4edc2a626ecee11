package io.playgrant.cli.operator;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.operator.Operator;
import io.playgrant.view.OperatorView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code playgrant operator list}. */
@Command(name = "list", description = "Show all operators.", mixinStandardHelpOptions = true)
final class OperatorListCommand extends PrintingCommand {

    @Option(names = "--json", description = "Print one line of JSON: an array.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            List<Operator> operators = application.operators().list();
            print(
                    json
                            ? Json.line(operators.stream()
                                            .map(OperatorView::json)
                                            .toList()) + "\n"
                            : OperatorTable.of(operators));
        }
        return 0;
    }
}
