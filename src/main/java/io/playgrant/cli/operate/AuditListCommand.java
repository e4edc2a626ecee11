package io.playgrant.cli.operate;

import io.playgrant.app.Application;
import io.playgrant.audit.AuditEntry;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.view.AuditView;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code playgrant audit list}. */
@Command(
        name = "list",
        description = "List the latest changes, newest first, with time, operating-system user and action.",
        mixinStandardHelpOptions = true)
final class AuditListCommand extends PrintingCommand {

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Show only changes of this account.")
    private @Nullable Long account;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "The largest number of changes to show (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print one line of JSON: an array.")
    private boolean json;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new ParameterException(commandLine(), "--limit must be 1 or more");
        }
        try (Application application = InstallationHome.openExistingApplication()) {
            List<AuditEntry> entries =
                    application.audit().list(account == null ? OptionalLong.empty() : OptionalLong.of(account), limit);
            print(json ? Json.line(entries.stream().map(AuditView::json).toList()) + "\n" : table(entries));
        }
        return 0;
    }

    private static String table(List<AuditEntry> entries) {
        return Stream.concat(Stream.of(AuditView.HEAD), entries.stream().map(AuditView::row))
                .map(row -> row + "\n")
                .collect(Collectors.joining());
    }
}
