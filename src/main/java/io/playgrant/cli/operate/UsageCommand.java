package io.playgrant.cli.operate;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.usage.Grouping;
import io.playgrant.usage.UsageQuery;
import io.playgrant.usage.UsageRow;
import io.playgrant.view.UsageView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code playgrant usage}. */
@Command(
        name = "usage",
        description =
                "Count the answers to requests for tokens and licences; by default those of the last 30 days, by day.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Days and hours are those of UTC. A period consists of whole minutes. Groups without answers are omitted. Licences,"
                    + " renewals and releases are redemptions."
        })
public final class UsageCommand extends PrintingCommand {

    /** The days before the last one that are shown by default. */
    private static final Duration BEFORE = Duration.ofDays(29);

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Count only answers to this account.")
    private @Nullable Long account;

    @Option(
            names = "--environment",
            paramLabel = "production|test",
            description = "Count only answers of this environment.")
    private @Nullable Environment environment;

    @Option(
            names = "--from",
            paramLabel = "TIME|DAY",
            converter = PeriodBounds.FromConverter.class,
            description = "The beginning: a time such as 2026-11-23T12:00:00Z, or a day such as 2026-11-23.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME|DAY",
            converter = PeriodBounds.ToConverter.class,
            description = "The end: a time, or a day, which is counted as well (default: now).")
    private @Nullable Instant to;

    @Option(
            names = "--by",
            paramLabel = "GROUP",
            defaultValue = "day",
            description =
                    "Show a row for each day, hour, minute, code, source, account or operation (default: ${DEFAULT-VALUE}).")
    private Grouping by = Grouping.DAY;

    @Option(names = "--json", description = "Print one line of JSON: an array.")
    private boolean json;

    @Option(names = "--csv", description = "Print CSV with a head.")
    private boolean csv;

    @Override
    public Integer call() {
        if (json && csv) {
            throw new ParameterException(commandLine(), "--json and --csv exclude each other");
        }
        try (Application application = InstallationHome.openExistingApplication()) {
            List<UsageRow> rows =
                    application.usage().find(query(application.clock().instant()));
            print(shown(rows));
        }
        return 0;
    }

    private UsageQuery query(Instant now) {
        Instant end = to == null ? now : to;
        // The last day may begin right at the end of the period.
        Instant begin =
                from == null ? end.minusNanos(1).truncatedTo(ChronoUnit.DAYS).minus(BEFORE) : from;
        if (!begin.isBefore(end)) {
            throw new ParameterException(commandLine(), "--from must be before --to");
        }
        return new UsageQuery(
                account == null ? OptionalLong.empty() : OptionalLong.of(account),
                Optional.ofNullable(environment),
                begin,
                end,
                by);
    }

    private String shown(List<UsageRow> rows) {
        if (json) {
            return Json.line(rows.stream().map(row -> UsageView.json(row, by)).toList()) + "\n";
        }
        return csv ? UsageView.csv(rows, by) : UsageView.table(rows, by);
    }
}
