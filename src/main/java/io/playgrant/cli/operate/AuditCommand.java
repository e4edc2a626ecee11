package io.playgrant.cli.operate;

import picocli.CommandLine.Command;

/** {@code playgrant audit}. */
@Command(
        name = "audit",
        description = "Show the changes made by the command line.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = AuditListCommand.class)
public final class AuditCommand {}
