package io.playgrant.cli.operate;

import io.playgrant.app.Application;
import io.playgrant.audit.AuditEntry;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final String ROW = "%-27s %-16s %-20s %-10s %s";

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
            print(
                    json
                            ? Json.line(entries.stream()
                                            .map(AuditListCommand::toJson)
                                            .toList()) + "\n"
                            : table(entries));
        }
        return 0;
    }

    private static Map<String, Object> toJson(AuditEntry entry) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("at", entry.at().toString());
        members.put("who", entry.who());
        members.put("action", entry.action());
        members.put("account", entry.account().isPresent() ? entry.account().getAsLong() : null);
        members.put("details", entry.details());
        return members;
    }

    private static String table(List<AuditEntry> entries) {
        return Stream.concat(
                        Stream.of(ROW.formatted("AT", "WHO", "ACTION", "ACCOUNT", "DETAILS")),
                        entries.stream().map(AuditListCommand::row))
                .map(row -> row.stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private static String row(AuditEntry entry) {
        String number =
                entry.account().isPresent() ? Long.toString(entry.account().getAsLong()) : "-";
        return ROW.formatted(entry.at(), entry.who(), entry.action(), number, entry.details());
    }
}
