package io.playgrant.route.keystore;

import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyFields;
import io.playgrant.keystore.KeyService;
import io.playgrant.route.http.BodyFormat;
import io.playgrant.route.http.FormDecoder;
import io.playgrant.route.http.HttpCall;
import io.playgrant.token.Parameter;
import io.playgrant.token.Parameters;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A call of the key storage. What it says is read when it is asked for, and refused then.
 *
 * @param path what it names
 * @param query its parameters; may hold secrets
 * @param body its body; may hold secrets
 */
record KeyCall(KeyPath path, Parameters query, HttpCall.Body body) {

    private static final String PROPERTY = "keyCall";

    private static final Pattern KEK = Pattern.compile("[0-9a-fA-F]{32}|[0-9a-fA-F]{48}|[0-9a-fA-F]{64}");
    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,4}");

    /** The call that was read of an exchange. */
    static KeyCall of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, KeyCall.class);
    }

    /** Keeps the call with its exchange, for the steps that follow. */
    void keepIn(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** The key ids of the path. */
    List<KeyId> kids() {
        return path.kids().stream()
                .map(kid -> FormDecoder.decodePath(kid).orElseThrow(() -> invalid("kid must be percent-encoded UTF-8")))
                .map(kid -> KeyFields.readKid("kid", kid))
                .toList();
    }

    /** The only key id of the path. */
    KeyId kid() {
        return kids().get(0);
    }

    /** What the body says of a key. */
    KeyFields fields() {
        if (body.state() == HttpCall.Body.State.TOO_LARGE) {
            throw invalid("a body has at most " + HttpCall.LARGEST_BODY + " bytes")
                    .withStatus(ErrorCode.CONTENT_TOO_LARGE.httpStatus());
        }
        if (body.state() == HttpCall.Body.State.ENCODED) {
            throw invalid(BodyFormat.NO_ENCODING).withStatus(ErrorCode.UNSUPPORTED_MEDIA_TYPE.httpStatus());
        }
        return KeyFields.read(body.bytes());
    }

    /** Does something with the kek of the query, null if there is none, and wipes it. */
    <T> T withKek(Function<@Nullable Kek, T> use) {
        String digits = text("kek");
        if (digits == null) {
            return use.apply(null);
        }
        if (!KEK.matcher(digits).matches()) {
            throw invalid("kek must be 32, 48 or 64 hexadecimal digits");
        }
        Kek kek = Kek.ofHex(digits);
        try {
            return use.apply(kek);
        } finally {
            kek.wipe();
        }
    }

    /** How many keys a page has at most. */
    int limit() {
        String text = text("limit");
        if (text == null) {
            return KeyService.LARGEST_PAGE;
        }
        int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > KeyService.LARGEST_PAGE) {
            throw invalid("limit must be 1 to " + KeyService.LARGEST_PAGE);
        }
        return limit;
    }

    /** The last key id of the page before; null for the first page. */
    @Nullable
    KeyId after() {
        String text = text("after");
        return text == null ? null : KeyFields.readKid("after", text);
    }

    private @Nullable String text(String name) {
        Parameter parameter = query.get(name);
        if (!parameter.isAbsent() && !parameter.isSingle()) {
            throw invalid(name + " must be given once, as percent-encoded UTF-8");
        }
        return parameter.isAbsent() ? null : parameter.value();
    }

    private static TokenException invalid(String details) {
        return TokenException.of(ErrorCode.KEYSTORE_INVALID_PARAMETERS, details);
    }

    /** Nothing that may be secret. */
    @Override
    public String toString() {
        return "KeyCall";
    }
}
