package io.playgrant.cli.account;

import picocli.CommandLine.Command;

/** {@code playgrant account}. */
@Command(
        name = "account",
        description =
                "Manage the accounts that may request tokens. Works whether or not the server is running; a running server sees changes within seconds.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AccountCreateCommand.class,
            AccountListCommand.class,
            AccountShowCommand.class,
            AccountSetCommand.class,
            AccountDeleteCommand.class,
            AuthenticatorCommand.class,
            SignerCommand.class
        })
public final class AccountCommand {}
