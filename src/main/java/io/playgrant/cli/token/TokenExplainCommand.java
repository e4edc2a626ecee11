package io.playgrant.cli.token;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.NamedInput;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.error.TokenException;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenOpener;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code playgrant token explain}. */
@Command(
        name = "explain",
        description = "Show what is in a token, or in each of several, whether it is valid now, and why not.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the token is valid now; of several, each is",
            "1:it is not, or the command failed",
            "2:the command line is invalid"
        })
final class TokenExplainCommand extends PrintingCommand {

    @Parameters(
            paramLabel = "TOKEN",
            description =
                    "The token, or the licence URL that carries it; - reads any number from standard input, one a line.")
    private String text = "";

    @Option(names = "--reveal-keys", description = "Show the content keys, which are masked otherwise.")
    private boolean revealKeys;

    @Option(names = "--json", description = "Print one line of JSON for each token.")
    private boolean json;

    private boolean anyShown;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            boolean valid;
            if (NamedInput.isStandard(text)) {
                TokenLines lines = new TokenLines(System.in, this::complain);
                valid = lines.forEach((line, token) -> explainLine(application, line, token));
            } else {
                TokenView view = view(application, TokenArgument.of(text));
                print(json ? Json.line(view.json()) + "\n" : view.text());
                valid = view.isValid();
            }
            return valid ? 0 : 1;
        }
    }

    private boolean explainLine(Application application, long line, String token) {
        TokenView view = view(application, token);
        if (json) {
            Map<String, @Nullable Object> explained = new LinkedHashMap<>();
            explained.put("line", line);
            explained.putAll(view.json());
            print(Json.line(explained) + "\n");
        } else {
            print((anyShown ? "\n" : "") + TokenView.lineOfText("line", line) + view.text());
            anyShown = true;
        }
        return view.isValid();
    }

    private TokenView view(Application application, String token) {
        try {
            Claims claims = new TokenOpener(application.keyRing()).open(token);
            return TokenView.of(
                    claims,
                    claims.invalidReason(application.clock().instant()),
                    application.revocations().find(claims),
                    revealKeys);
        } catch (TokenException e) {
            return TokenView.unreadable(e.reason());
        }
    }
}
