package io.playgrant.cli.operate;

import picocli.CommandLine.Command;

/** {@code playgrant config}. */
@Command(
        name = "config",
        description = "Check the settings.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConfigCheckCommand.class})
public final class ConfigCommand {}
