package io.playgrant.cli.token;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.NamedInput;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.token.TokenOpener;
import io.playgrant.view.TokenExplainer;
import io.playgrant.view.TokenView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code playgrant token explain}. */
@Command(
        name = "explain",
        description = "Show the contents of one or more tokens, whether they are valid now, and if not, why.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every token is valid now",
            "1:a token is not valid, or the command failed",
            "2:the command line is invalid"
        })
final class TokenExplainCommand extends PrintingCommand {

    @Parameters(
            paramLabel = "TOKEN",
            description = "The token, or its licence URL; - reads any number from standard input, one on each line.")
    private String text = "";

    @Option(names = "--reveal-keys", description = "Show the content keys, which are masked by default.")
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
        return new TokenExplainer(
                        new TokenOpener(application.keyRing()),
                        application.revocations(),
                        application.redemptions(),
                        application.clock())
                .explain(token, revealKeys);
    }
}
