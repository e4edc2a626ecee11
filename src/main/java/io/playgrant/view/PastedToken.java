package io.playgrant.view;

import io.playgrant.error.TokenException;
import io.playgrant.token.TokenOpener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token in a text that somebody copied from a mail or a log: with other text around it, wrapped into lines, quoted, or escaped for html.
 *
 * @param token the text of the token
 * @param host host and port of its licence URL; empty if it stands alone
 */
public record PastedToken(String token, Optional<String> host) {

    private static final String PARAMETER = "ExpressPlayToken";

    /** The longest token has fewer lines. */
    private static final int MOST_LINES = 64;

    private static final int MOST_CANDIDATES = 1_000;

    /** The token after its name, in a URL or a header. Group 1 is the authority, group 2 the token, perhaps wrapped. */
    private static final Pattern NAMED =
            Pattern.compile("(?:https?://([^/\\s?#@]{1,300})/[^\\s?#]{0,200}\\?[^\\s#]{0,500}?)?" + PARAMETER
                    + "(?:=|%3D|: ?)([A-Za-z0-9_-]+(?:(?:=?\\r?\\n(?:[> \\t]*)|[ \\t]+)[A-Za-z0-9_-]+){0," + MOST_LINES
                    + "})");

    /** Tokens are longer than this, as are their lines in wrapped mails; cookies and ids are shorter. */
    private static final int SHORTEST = 66;

    private static final Pattern ALONE = Pattern.compile("[A-Za-z0-9_-]{" + SHORTEST + ",}");
    private static final Pattern WRAP = Pattern.compile("=?\\r?\\n[> \\t]*|[ \\t]+");

    /** The longest text that is searched. */
    private static final int LONGEST = 64 * 1_024;

    /** Whether a text seems to have a token, so that it must be treated as a secret. */
    public static boolean isIn(String text) {
        return text.contains(PARAMETER) || ALONE.matcher(text).find();
    }

    /**
     * The token in a text: the first that can be opened, or the first that may be one. Empty if nothing looks like a token.
     *
     * @param opener opens tokens
     */
    public static Optional<PastedToken> find(String text, TokenOpener opener) {
        List<PastedToken> candidates = candidates(text.substring(0, Math.min(text.length(), LONGEST)));
        return candidates.stream()
                .filter(candidate -> opens(candidate.token(), opener))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    private static List<PastedToken> candidates(String text) {
        List<PastedToken> candidates = new ArrayList<>();
        String plain = text.replace("&amp;", "&");
        Matcher named = NAMED.matcher(plain);
        while (named.find()) {
            addLines(named.group(2), named.group(1), candidates);
        }
        Matcher alone = ALONE.matcher(plain);
        while (alone.find()) {
            candidates.add(new PastedToken(alone.group(), Optional.empty()));
        }
        String joined = WRAP.matcher(plain.strip()).replaceAll("");
        if (ALONE.matcher(joined).matches()) {
            candidates.add(new PastedToken(joined, Optional.empty()));
        }
        return candidates;
    }

    /** The first line, the first two lines, and so on: the text that follows may look like one more line of the token. */
    private static void addLines(String wrapped, @Nullable String host, List<PastedToken> candidates) {
        StringBuilder token = new StringBuilder();
        for (String line : WRAP.split(wrapped, -1)) {
            token.append(line);
            candidates.add(new PastedToken(token.toString(), Optional.ofNullable(host)));
            if (candidates.size() > MOST_CANDIDATES) {
                return;
            }
        }
    }

    private static boolean opens(String token, TokenOpener opener) {
        try {
            opener.open(token);
            return true;
        } catch (TokenException e) {
            return false;
        }
    }

    /** Without the token, which is a secret. */
    @Override
    public String toString() {
        return "PastedToken[***]";
    }
}
