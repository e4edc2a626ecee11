package io.playgrant.cli.operate;

import picocli.CommandLine.Command;

/** {@code playgrant record}. */
@Command(
        name = "record",
        description = "What requests for tokens were answered.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RecordListCommand.class)
public final class RecordCommand {}
