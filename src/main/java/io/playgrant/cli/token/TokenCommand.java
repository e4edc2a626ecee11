package io.playgrant.cli.token;

import picocli.CommandLine.Command;

/** {@code playgrant token}. */
@Command(
        name = "token",
        description =
                "Issue tokens without HTTP, show their contents, find out whether they can be redeemed, and revoke them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TokenIssueCommand.class,
            TokenExplainCommand.class,
            TokenRedeemCommand.class,
            TokenRevokeCommand.class,
            RevocationCommand.class
        })
public final class TokenCommand {}
