package io.playgrant.cli;

import picocli.CommandLine.Command;

/** {@code playgrant config}. */
@Command(
        name = "config",
        description = "Look at the settings.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConfigCheckCommand.class})
final class ConfigCommand {}
