package io.playgrant.console.request;

import io.playgrant.account.AddressRange;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyFields;
import io.playgrant.view.PastedToken;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The text of the search field, and its kind.
 *
 * @param kind its kind
 * @param value the value to search for
 */
record SearchText(Kind kind, String value) {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern REQUEST_ID = Pattern.compile("[0-9a-f]{16}");

    /** An authenticator, parameters of a request with secrets, an API token or a password of an operator. */
    private static final Pattern SECRET = Pattern.compile(
            "[0-9]+,[0-9a-fA-F]{32}|customerAuthenticator|contentKey|\\bkek=|pgop_|^[0-9a-z]{4}(?:-[0-9a-z]{4}){4}$",
            Pattern.CASE_INSENSITIVE);

    /** Records have no longer texts. */
    private static final int LONGEST = 128;

    /** The kinds of texts. */
    enum Kind {
        /** Recognized by its form. */
        ANY("", "anything"),
        COOKIE("cookie", "cookie"),
        /** The id of a token or a key. */
        ID("id", "token or key id"),
        REQUEST("request", "request id"),
        ADDRESS("address", "address"),
        /** A token or a licence URL, which must not get into a URL. */
        TOKEN("", ""),
        /** Another secret, or a text that no record can have. */
        UNSUITABLE("", "");

        private final String parameter;
        private final String label;

        Kind(String parameter, String label) {
            this.parameter = parameter;
            this.label = label;
        }

        /** Its parameter in the URL of the page; empty if there is none. */
        String parameter() {
            return parameter;
        }

        /** Its name for people. */
        String label() {
            return label;
        }

        /** The kind with this parameter. */
        static Kind of(String parameter) {
            return Arrays.stream(values())
                    .filter(kind -> kind.parameter.equals(parameter))
                    .findFirst()
                    .orElse(ANY);
        }
    }

    /**
     * Recognizes a text.
     *
     * @param as the kind that the operator chose
     */
    static SearchText of(String given, Kind as) {
        String text = given.strip();
        // Whatever was chosen: it must not get into a URL.
        if (PastedToken.isIn(text)) {
            return new SearchText(Kind.TOKEN, text);
        }
        if (isUnsuitable(text)) {
            return new SearchText(Kind.UNSUITABLE, "");
        }
        Kind kind = as == Kind.ANY ? recognize(text) : as;
        return new SearchText(kind, stored(kind, text));
    }

    /** Whether a text must not get into a URL, other than a token. */
    private static boolean isUnsuitable(String text) {
        return text.length() > LONGEST || SECRET.matcher(text).find();
    }

    /** Whether a text of another field may get into a URL. */
    static boolean isSuitable(String text) {
        return !PastedToken.isIn(text) && !isUnsuitable(text);
    }

    /** The form that records have. */
    private static String stored(Kind kind, String text) {
        return switch (kind) {
            case ID -> id(text).orElse(text);
            case ADDRESS ->
                AddressRange.parseAddress(text).map(InetAddress::getHostAddress).orElse(text);
            default -> text;
        };
    }

    private static Kind recognize(String text) {
        if (text.startsWith("^")
                || ID.matcher(text).matches()
                || UUID.matcher(text).matches()) {
            return Kind.ID;
        }
        if (REQUEST_ID.matcher(text).matches()) {
            return Kind.REQUEST;
        }
        return AddressRange.parseAddress(text).isPresent() ? Kind.ADDRESS : Kind.COOKIE;
    }

    /** The 32 digits of an id, a UUID or the name of a key; empty if a text is none of them. */
    static Optional<String> id(String text) {
        if (UUID.matcher(text).matches()) {
            return Optional.of(text.replace("-", "").toLowerCase(Locale.ROOT));
        }
        try {
            return Optional.of(KeyFields.readKid("kid", text)).map(KeyId::toString);
        } catch (TokenException e) {
            return Optional.empty();
        }
    }
}
