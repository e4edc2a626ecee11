package io.playgrant.cli.account;

import picocli.CommandLine.Command;

/** {@code playgrant account authenticator}. */
@Command(
        name = "authenticator",
        description =
                "What an account proves itself with. It may have any number in each environment: add the new one, have the "
                        + "clients changed, revoke the old one.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuthenticatorAddCommand.class, AuthenticatorListCommand.class, AuthenticatorRevokeCommand.class})
final class AuthenticatorCommand {}
