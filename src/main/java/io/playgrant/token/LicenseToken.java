package io.playgrant.token;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;

/**
 * A minted token.
 *
 * @param claims its claims
 * @param value its text: base64url without padding. Whoever has it can obtain the licence, so it is treated as a secret
 */
public record LicenseToken(Claims claims, String value) {

    /** The name of the parameter in the licence URL. */
    public static final String PARAMETER = "ExpressPlayToken";

    /** Players and servers accept 4,096 characters; the difference is reserved for parameters that they add. */
    static final int LONGEST_URL = 3_900;

    /**
     * The licence URL of this token.
     *
     * @param rightsUrl the URL at which it is redeemed, without a query
     * @param https whether the scheme must be https, even if that of {@code rightsUrl} is http
     * @throws TokenException {@link ErrorCode#INVALID_WV_EXTENSION} if the URL has more than 3,900 characters
     */
    public String url(String rightsUrl, boolean https) {
        String base = rightsUrl;
        if (https && base.regionMatches(true, 0, "http:", 0, "http:".length())) {
            base = "https" + base.substring("http".length());
        }
        String url = base + "?" + PARAMETER + "=" + value;
        if (url.length() > LONGEST_URL) {
            throw TokenException.of(
                    ErrorCode.INVALID_WV_EXTENSION,
                    "the licence URL would have " + url.length() + " characters, " + LONGEST_URL + " are allowed");
        }
        return url;
    }

    /** The claims only. */
    @Override
    public String toString() {
        return "LicenseToken[" + claims + "]";
    }
}
