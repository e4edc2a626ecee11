package io.playgrant.view;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the token in a text that someone pasted. */
public final class TokenText {

    private static final Pattern IN_URL = Pattern.compile("[?&]ExpressPlayToken=([^&#\\s]*)");
    private static final Pattern SPACE = Pattern.compile("\\s");

    private TokenText() {}

    /**
     * The text of the token, which is not checked.
     *
     * @param given a token, or a licence URL that contains one
     * @throws IllegalArgumentException with a sentence, if it is another kind of URL, or if there is other text beside the URL, which would
     *     be ignored
     */
    public static String of(String given) {
        String text = given.strip();
        Matcher matcher = IN_URL.matcher(text);
        if (!matcher.find()) {
            if (text.contains("://")) {
                throw new IllegalArgumentException("The URL has no ExpressPlayToken");
            }
            return text;
        }
        String token = matcher.group(1);
        if (matcher.find() || SPACE.matcher(text).find()) {
            throw new IllegalArgumentException("There is more than one token, or other text beside it");
        }
        return token;
    }
}
