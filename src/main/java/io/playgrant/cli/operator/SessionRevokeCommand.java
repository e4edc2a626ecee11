package io.playgrant.cli.operator;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code playgrant operator session revoke}. */
@Command(
        name = "revoke",
        description = "End a session. A running server refuses it at once.",
        mixinStandardHelpOptions = true)
final class SessionRevokeCommand extends PrintingCommand {

    @Parameters(paramLabel = "SESSION", description = "The session's number, see operator session list.")
    private long number;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            if (!application.sessions().revoke(number, OptionalLong.empty())) {
                throw new CommandException("There is no session " + number);
            }
            print(
                    json ? Json.line(Map.of("revoked", number)) + "\n" : "Session " + number + " is revoked.\n",
                    "session " + number + " is revoked");
        }
        return 0;
    }
}
