package io.playgrant.cli.operate;

import picocli.CommandLine.Command;

/** {@code playgrant record}. */
@Command(
        name = "record",
        description = "Show the records of answers to requests for tokens and licences.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RecordListCommand.class)
public final class RecordCommand {}
