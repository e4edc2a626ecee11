package io.playgrant.cli.dev;

import picocli.CommandLine.Command;

/** {@code playgrant dev}. */
@Command(
        name = "dev",
        description = "Tools for development and tests. None of them is for production.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = WidevineCloudCommand.class)
public final class DevCommand {}
