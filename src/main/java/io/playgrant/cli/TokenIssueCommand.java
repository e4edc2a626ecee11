package io.playgrant.cli;

import io.playgrant.batch.Item;
import io.playgrant.batch.TokenResult;
import io.playgrant.config.Rooms;
import io.playgrant.route.Issuer;
import io.playgrant.token.Parameters;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code playgrant token issue}. */
@Command(
        name = "issue",
        description = "Issue a token and print its licence URL.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The parameters are those of GET /hms/wv/token, not percent-encoded:",
            "  playgrant token issue customerAuthenticator=1001,... kid=^film contentKey=... securityLevel=1 hdcpOutputControl=0",
            "Other users of this machine can see the arguments of a running command."
        })
final class TokenIssueCommand extends PrintingCommand {

    @picocli.CommandLine.Parameters(
            arity = "1..*",
            paramLabel = "name=value",
            description = "A parameter of the protocol.")
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
        TokenResult result;
        try (Rooms rooms = Home.openExistingRooms();
                Issuer issuer = Issuer.open(rooms)) {
            result = issuer.issue(new Item(null, parameters, null));
        }
        if (result.error() != null) {
            throw new CommandException(result.error().message());
        }
        print(result.licenseUrl() + "\n");
        return 0;
    }
}
