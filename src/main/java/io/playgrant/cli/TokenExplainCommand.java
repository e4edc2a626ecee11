package io.playgrant.cli;

import io.playgrant.config.Rooms;
import io.playgrant.error.TokenException;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenOpener;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code playgrant token explain}. */
@Command(
        name = "explain",
        description = "Show what is in a token, whether it is valid now, and why not.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:the token is valid now", "1:it is not", "2:the command was asked wrongly"})
final class TokenExplainCommand extends PrintingCommand {

    @Parameters(
            paramLabel = "TOKEN",
            description = "The token, or the licence URL that carries it; - reads either from standard input.")
    private String text = "";

    @Option(names = "--reveal-keys", description = "Show the content keys, which are masked otherwise.")
    private boolean revealKeys;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Rooms rooms = Home.openExistingRooms()) {
            TokenView view = view(rooms);
            Map<String, Object> explained = view.json();
            print(json ? Json.line(explained) + "\n" : view.text());

            return view.isValid() ? 0 : 1;
        }
    }

    private TokenView view(Rooms rooms) {
        try {
            Claims claims = new TokenOpener(rooms.keyRing()).open(TokenText.read(text));
            return TokenView.of(
                    claims,
                    claims.invalidReason(rooms.clock().instant()),
                    rooms.revocations().find(claims),
                    revealKeys);
        } catch (TokenException e) {
            return TokenView.unreadable(e.reason());
        }
    }
}
