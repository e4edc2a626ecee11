package io.playgrant.cli;

import picocli.CommandLine.Command;

/** {@code playgrant token}. */
@Command(
        name = "token",
        description = "Issue tokens without HTTP, and look into them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TokenIssueCommand.class, TokenExplainCommand.class})
final class TokenCommand {}
