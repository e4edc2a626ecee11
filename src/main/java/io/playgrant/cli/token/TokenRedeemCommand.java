package io.playgrant.cli.token;

import io.playgrant.account.AddressRange;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.NamedInput;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.error.ErrorMessage;
import io.playgrant.license.challenge.ChallengeReader;
import io.playgrant.storage.StorageException;
import io.playgrant.view.RedemptionCheck;
import io.playgrant.view.RedemptionTrial;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code playgrant token redeem}. */
@Command(
        name = "redeem",
        description = {
            "Show whether a token can be redeemed now, and if not, why: every check with its outcome.",
            "Counts nothing and changes nothing. A licence that the licence service grants is thrown away."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:no check refuses the token",
            "1:a check refuses the token, or the command failed",
            "2:the command line is invalid"
        })
final class TokenRedeemCommand extends PrintingCommand {

    @Parameters(paramLabel = "TOKEN|URL", description = "The token, or its licence URL, whose host is then checked.")
    private String text = "";

    @Option(
            names = "--challenge",
            paramLabel = "FILE",
            description = "The body that the player sends; - reads it from standard input.")
    private @Nullable String challengeFile;

    @Option(names = "--address", paramLabel = "IP", description = "The address of the player.")
    private @Nullable String address;

    @Option(names = "--dry-run", description = "Do not ask Widevine's licence service.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        RedemptionTrial.Request request =
                new RedemptionTrial.Request(TokenArgument.of(text), host(), playerAddress(), readChallenge(), !dryRun);
        try (Application application = InstallationHome.openExistingApplication()) {
            RedemptionTrial.Result result = application
                    .redemptionTrial(application.redemptionServices())
                    .run(request);
            print(json ? Json.line(result.json()) + "\n" : text(result));
            return result.refusal().isEmpty() ? 0 : 1;
        }
    }

    private Optional<String> host() {
        String url = text.strip();
        try {
            return url.contains("://") ? Optional.ofNullable(URI.create(url).getAuthority()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            // Not quoted: it contains the token.
            throw new ParameterException(commandLine(), "The licence URL is malformed.");
        }
    }

    private Optional<InetAddress> playerAddress() {
        Optional<InetAddress> parsed = Optional.ofNullable(address).flatMap(AddressRange::parseAddress);
        if (address != null && parsed.isEmpty()) {
            throw new ParameterException(commandLine(), "--address must be an IPv4 or IPv6 address");
        }
        return parsed;
    }

    private byte @Nullable [] readChallenge() {
        if (challengeFile == null) {
            return null;
        }
        try (InputStream in = NamedInput.open(challengeFile)) {
            return in.readNBytes(ChallengeReader.LONGEST + 1);
        } catch (IOException e) {
            throw new CommandException(challengeFile + " cannot be read: " + StorageException.reason(e));
        }
    }

    private static String text(RedemptionTrial.Result result) {
        return result.checks().stream().map(RedemptionCheck::line).collect(Collectors.joining())
                + result.refusal()
                        .map(refusal -> "%nThe player is answered %d with %s%n"
                                .formatted(
                                        refusal.status(),
                                        ErrorMessage.of(refusal).message()))
                        .orElse("")
                + result.message()
                        .map(message -> "%nThe message for Widevine's licence service:%n%s%n".formatted(message))
                        .orElse("");
    }
}
