package io.playgrant.cli.token;

import picocli.CommandLine.Command;

/** {@code playgrant token}. */
@Command(
        name = "token",
        description = "Issue tokens without HTTP, show their contents, and revoke them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TokenIssueCommand.class,
            TokenExplainCommand.class,
            TokenRevokeCommand.class,
            RevocationCommand.class
        })
public final class TokenCommand {}
