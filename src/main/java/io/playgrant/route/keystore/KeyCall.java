package io.playgrant.route.keystore;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyFields;
import io.playgrant.keystore.KeyService;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.route.exchange.AccountRequest;
import io.playgrant.route.http.AdmittedCall;
import io.playgrant.route.http.BodyFormat;
import io.playgrant.route.http.FormDecoder;
import io.playgrant.route.http.HttpCall;
import io.playgrant.token.Parameter;
import io.playgrant.token.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A call of the key storage. Its parameters and its body are read when they are asked for, and refused then. */
final class KeyCall extends AccountRequest {

    private static final Pattern KEK = Pattern.compile("[0-9a-fA-F]{32}|[0-9a-fA-F]{48}|[0-9a-fA-F]{64}");
    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,4}");

    private final KeyPath path;
    private final String method;
    private final Parameters parameters;
    private final HttpCall.Body body;

    /**
     * A call.
     *
     * @param id see {@link AccountRequest}
     * @param origin see {@link AccountRequest}
     * @param path the path, without query, as it was sent
     * @param parameters those of the query, and the caller's authenticator; may hold secrets
     * @param body its body; may hold secrets
     */
    KeyCall(String id, Origin origin, String method, String path, Parameters parameters, HttpCall.Body body) {
        super(id, "keystore", origin);
        this.path = KeyPath.of(path);
        this.method = method;
        this.parameters = parameters;
        this.body = body;
    }

    static KeyCall of(AdmittedCall call) {
        return new KeyCall(call.id(), call.origin(), call.method(), call.path(), call.parameters(), call.body());
    }

    @Override
    public Parameter customerAuthenticator() {
        return parameters.get("customerAuthenticator");
    }

    /** The path. */
    KeyPath path() {
        return path;
    }

    /** The operation that path and method name; empty if there is none. */
    Optional<KeyOperation> operation() {
        return Optional.ofNullable(path.operations().get(method));
    }

    /** The owner of the keys. */
    Owner owner() {
        return new Owner(caller().account().number(), caller().environment());
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

    /** The fields of the key in the body. */
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

    /** Calls a function with the kek of the query, null if there is none, and wipes the kek. */
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

    /** The largest number of keys in the page. */
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
        Parameter parameter = parameters.get(name);
        if (!parameter.isAbsent() && !parameter.isSingle()) {
            throw invalid(name + " must be given once, as percent-encoded UTF-8");
        }
        return parameter.isAbsent() ? null : parameter.value();
    }

    private static TokenException invalid(String details) {
        return TokenException.of(ErrorCode.KEYSTORE_INVALID_PARAMETERS, details);
    }
}
