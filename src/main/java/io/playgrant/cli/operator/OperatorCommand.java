package io.playgrant.cli.operator;

import picocli.CommandLine.Command;

/** {@code playgrant operator}. */
@Command(
        name = "operator",
        description =
                "Manage the operators, who may use the console and the admin API. Works whether or not the server is running; a running server "
                        + "sees changes at once.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            OperatorCreateCommand.class,
            OperatorListCommand.class,
            OperatorSetCommand.class,
            OperatorDeleteCommand.class,
            OperatorPasswordCommand.class,
            OperatorTokenCommand.class,
            SessionCommand.class
        })
public final class OperatorCommand {}
