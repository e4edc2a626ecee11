package io.playgrant.cli.account;

import picocli.CommandLine.Command;

/** {@code playgrant account}. */
@Command(
        name = "account",
        description = "Who may ask for tokens. Works whether or not the server runs; it sees a change within seconds.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AccountCreateCommand.class,
            AccountListCommand.class,
            AccountShowCommand.class,
            AccountSetCommand.class,
            AccountDeleteCommand.class,
            AuthenticatorCommand.class
        })
public final class AccountCommand {}
