package io.playgrant.cli.key;

import picocli.CommandLine.Command;

/** {@code playgrant key}. */
@Command(
        name = "key",
        description =
                "Stored content keys of an account. Works whether or not the server runs; it sees a change within seconds.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KeyCreateCommand.class,
            KeyImportCommand.class,
            KeyListCommand.class,
            KeyShowCommand.class,
            KeyDeleteCommand.class
        })
public final class KeyCommand {}
