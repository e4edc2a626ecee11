package io.playgrant.cli.operate;

import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.config.ConfigCheck;
import io.playgrant.config.ConfigReport;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code playgrant config check}. */
@Command(
        name = "check",
        description =
                "Show every setting with its source, and everything that would keep the server from starting. Changes nothing.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:the server can start", "1:the server cannot start", "2:the command line is invalid"})
final class ConfigCheckCommand extends PrintingCommand {

    private static final String ROW = "%-32s %-23s %s\n";

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        ConfigReport report = ConfigCheck.check(InstallationHome.path(), System.getenv());
        print(json ? Json.line(json(report)) + "\n" : text(report));
        return report.problems().isEmpty() ? 0 : 1;
    }

    private static Map<String, Object> json(ConfigReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "settings",
                report.settings().stream().map(ConfigCheckCommand::json).toList());
        json.put("problems", report.problems());
        json.put("warnings", report.warnings());
        return json;
    }

    private static Map<String, Object> json(ConfigReport.Effective setting) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("setting", setting.variable());
        json.put("source", setting.source());
        json.put("value", setting.value());
        return json;
    }

    private static String text(ConfigReport report) {
        StringBuilder text = new StringBuilder();
        if (!report.settings().isEmpty()) {
            text.append(ROW.formatted("SETTING", "FROM", "VALUE"));
        }
        for (ConfigReport.Effective setting : report.settings()) {
            text.append(ROW.formatted(setting.variable(), setting.source(), setting.value())
                    .replaceFirst(" +\n$", "\n"));
        }
        report.warnings()
                .forEach(warning -> text.append("warning: ").append(warning).append('\n'));
        report.problems()
                .forEach(problem -> text.append("problem: ").append(problem).append('\n'));
        return text.toString();
    }
}
