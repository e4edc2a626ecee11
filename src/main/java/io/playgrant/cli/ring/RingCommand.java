package io.playgrant.cli.ring;

import picocli.CommandLine.Command;

/** {@code playgrant ring}. */
@Command(
        name = "ring",
        description =
                "Manage the keys that encrypt tokens. Works whether or not the server is running; a running server sees changes within seconds.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RingInitCommand.class,
            RingListCommand.class,
            RingAddCommand.class,
            RingActivateCommand.class,
            RingRetireCommand.class
        })
public final class RingCommand {}
