package io.playgrant.cli.account;

import picocli.CommandLine.Command;

/** {@code playgrant account signer}. */
@Command(
        name = "signer",
        description =
                "Manage the signers of an account. If an account has a signer, requests in the Widevine dialect of packagers must be signed by "
                        + "one, in both environments.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SignerAddCommand.class, SignerListCommand.class, SignerDeleteCommand.class})
final class SignerCommand {}
