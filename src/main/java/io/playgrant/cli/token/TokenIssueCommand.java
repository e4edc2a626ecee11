package io.playgrant.cli.token;

import io.playgrant.app.Application;
import io.playgrant.batch.Item;
import io.playgrant.batch.TokenResult;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.OutputException;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.route.Issuer;
import io.playgrant.token.Claims;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenOpener;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code playgrant token issue}. */
@Command(
        name = "issue",
        description = "Issue a token and print its licence URL.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The parameters are those of GET /hms/wv/token, without percent-encoding:",
            "  playgrant token issue customerAuthenticator=1001,... kid=^film contentKey=... securityLevel=1 hdcpOutputControl=0",
            "Other users of this machine can see the arguments of a running command."
        })
final class TokenIssueCommand extends PrintingCommand {

    @picocli.CommandLine.Parameters(
            arity = "1..*",
            paramLabel = "name=value",
            description = "A parameter of the request.")
    private List<String> assignments = List.of();

    @Override
    public Integer call() throws Exception {
        Parameters parameters = new Parameters();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                // Not quoted: it may be a secret.
                throw new ParameterException(commandLine(), "Every parameter must be name=value.");
            }
            parameters.add(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        try (Application application = InstallationHome.openExistingApplication()) {
            String url = issue(application, parameters);
            if (!printed(url + "\n")) {
                throw new OutputException(issuedButNotPrinted(application, url));
            }
        }
        return 0;
    }

    private static String issue(Application application, Parameters parameters) throws Exception {
        TokenResult result;
        try (Issuer issuer = Issuer.open(application)) {
            result = issuer.issue(new Item(null, parameters, null));
        }
        if (result.error() != null) {
            throw new CommandException(result.error().message());
        }
        return Objects.requireNonNull(result.licenseUrl());
    }

    /**
     * Does not return the credit or change the record, because most of the URL may have been written. The message names the commands that
     * undo both.
     */
    private static String issuedButNotPrinted(Application application, String url) {
        Claims claims = new TokenOpener(application.keyRing()).open(TokenArgument.of(url));
        return "the token " + claims.tokenId() + " was issued and charged: token revoke " + claims.tokenId()
                + " revokes it, and if the account's credits are limited, account set " + claims.account()
                + " --add-credits 1 returns the credit";
    }
}
