package io.playgrant.cli.key;

import picocli.CommandLine.Command;

/** {@code playgrant key}. */
@Command(
        name = "key",
        description =
                "Manage the stored content keys of an account. Works whether or not the server is running; a running server sees changes within seconds.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KeyCreateCommand.class,
            KeyImportCommand.class,
            KeyListCommand.class,
            KeyShowCommand.class,
            KeyDeleteCommand.class,
            PackagerLineCommand.class
        })
public final class KeyCommand {}
