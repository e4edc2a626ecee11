package io.playgrant.cli.operator;

import picocli.CommandLine.Command;

/** {@code playgrant operator session}. */
@Command(
        name = "session",
        description =
                "Manage the sessions of operators in the console. A session ends by itself after 30 minutes without use, and after 12 hours.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SessionListCommand.class, SessionRevokeCommand.class})
final class SessionCommand {}
