package io.playgrant.cli;

import picocli.CommandLine.Command;

/** {@code playgrant record}. */
@Command(
        name = "record",
        description = "What requests for tokens were answered.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RecordListCommand.class)
final class RecordCommand {}
