package io.playgrant.cli.ring;

import picocli.CommandLine.Command;

/** {@code playgrant ring}. */
@Command(
        name = "ring",
        description =
                "What tokens are protected with. Works whether or not the server runs; it sees a change within seconds.",
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
