package io.playgrant.cli.token;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.revocation.Revocation;
import io.playgrant.view.RevocationView;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code playgrant token revocation list}. */
@Command(name = "list", description = "List the revocations in force, oldest first.", mixinStandardHelpOptions = true)
final class RevocationListCommand extends PrintingCommand {

    @Option(names = "--json", description = "Print one line of JSON: an array.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            List<Revocation> revocations = application.revocations().list();
            print(
                    json
                            ? Json.line(revocations.stream()
                                            .map(RevocationView::json)
                                            .toList()) + "\n"
                            : table(revocations));
        }
        return 0;
    }

    private static String table(List<Revocation> revocations) {
        return Stream.concat(
                        Stream.of(RevocationView.HEAD), revocations.stream().map(RevocationView::row))
                .map(row -> row + "\n")
                .collect(Collectors.joining());
    }
}
