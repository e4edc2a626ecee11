package io.playgrant.cli.token;

import picocli.CommandLine.Command;

/** {@code playgrant token revocation}. */
@Command(
        name = "revocation",
        description = "Manage the revocations of tokens. token revoke creates them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RevocationListCommand.class, RevocationDeleteCommand.class})
final class RevocationCommand {}
