package io.playgrant.cli.token;

import picocli.CommandLine.Command;

/** {@code playgrant token revocation}. */
@Command(
        name = "revocation",
        description = "Which tokens are revoked. token revoke makes revocations.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RevocationListCommand.class, RevocationDeleteCommand.class})
final class RevocationCommand {}
