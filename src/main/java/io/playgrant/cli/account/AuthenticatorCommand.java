package io.playgrant.cli.account;

import picocli.CommandLine.Command;

/** {@code playgrant account authenticator}. */
@Command(
        name = "authenticator",
        description =
                "Manage the authenticators of an account. An account may have any number in each environment. To replace one, add a new one, "
                        + "switch the clients to it, then revoke the old one.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuthenticatorAddCommand.class, AuthenticatorListCommand.class, AuthenticatorRevokeCommand.class})
final class AuthenticatorCommand {}
