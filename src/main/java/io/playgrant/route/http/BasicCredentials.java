package io.playgrant.route.http;

import io.playgrant.token.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Account number and hexadecimal digits as user and password (RFC 7617); other schemes are not meant for this service. */
public final class BasicCredentials {

    private static final Pattern BASIC = Pattern.compile("basic +([A-Za-z0-9+/]+=*) *", Pattern.CASE_INSENSITIVE);

    /** No authenticator has this form. */
    private static final String MALFORMED = "malformed";

    private BasicCredentials() {}

    /** Adds those of a call as {@code customerAuthenticator}. */
    public static void read(HttpCall call, Parameters parameters) {
        for (String authorization : call.authorizations()) {
            if (!authorization.regionMatches(true, 0, "basic", 0, "basic".length())) {
                continue;
            }
            Matcher matcher = BASIC.matcher(authorization);
            parameters.add("customerAuthenticator", matcher.matches() ? authenticator(matcher.group(1)) : MALFORMED);
        }
    }

    private static String authenticator(String credentials) {
        try {
            String userAndPassword = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return userAndPassword.indexOf(':') < 0 ? MALFORMED : userAndPassword.replaceFirst(":", ",");
        } catch (IllegalArgumentException e) {
            return MALFORMED;
        }
    }
}
