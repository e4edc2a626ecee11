package io.playgrant.cli.operator;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.operator.Session;
import io.playgrant.view.OperatorView;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code playgrant operator session list}. */
@Command(
        name = "list",
        description = "Show the sessions that have not ended, newest first.",
        mixinStandardHelpOptions = true)
final class SessionListCommand extends PrintingCommand {

    private static final String ROW = "%-8s %-20s %-20s %-39s %s";

    @Option(names = "--json", description = "Print one line of JSON: an array.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            List<Session> sessions = application.sessions().list(OptionalLong.empty());
            print(json ? Json.line(sessions.stream().map(OperatorView::json).toList()) + "\n" : table(sessions));
        }
        return 0;
    }

    private static String table(List<Session> sessions) {
        return Stream.concat(
                        Stream.of(ROW.formatted("SESSION", "SIGNED IN", "LAST USED", "ADDRESS", "OPERATOR")),
                        sessions.stream().map(SessionListCommand::row))
                .map(row -> row + "\n")
                .collect(Collectors.joining());
    }

    private static String row(Session session) {
        return ROW.formatted(
                session.number(),
                session.createdAt().truncatedTo(ChronoUnit.SECONDS),
                session.lastSeenAt().truncatedTo(ChronoUnit.SECONDS),
                session.address(),
                session.operator().name());
    }
}
