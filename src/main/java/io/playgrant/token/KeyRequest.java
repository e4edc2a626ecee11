package io.playgrant.token;

import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.token.constraint.Matches;
import io.playgrant.token.constraint.Once;
import io.playgrant.token.constraint.Order;
import io.playgrant.token.constraint.Range;
import io.playgrant.token.constraint.Required;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request says about one key: the parameters that may carry an index.
 *
 * <p>The rows stand in the order of the protocol's table; each field's constraints are the rule and the errors of its row.
 */
public record KeyRequest(
        @Once(code = ErrorCode.INVALID_ENCRYPTED_KEY, order = Order.KEK, message = KeyRequest.ONCE)
        @Matches(
                regexp = "[0-9a-fA-F]{32}|[0-9a-fA-F]{48}|[0-9a-fA-F]{64}",
                code = ErrorCode.INVALID_ENCRYPTED_KEY,
                order = Order.KEK + 1,
                message = "must be 32, 48 or 64 hexadecimal digits")
        Parameter kek,

        @Required(
                code = ErrorCode.MISSING_KID,
                order = Order.KID,
                message = "is required: 32 hexadecimal digits, or ^ and 1 to 64 characters")
        @Once(code = ErrorCode.INVALID_KID, order = Order.KID + 1, message = KeyRequest.ONCE)
        @Matches(
                regexp = "\\^.*|[0-9a-fA-F]{32}",
                code = ErrorCode.KID_LENGTH,
                order = Order.KID + 2,
                message = "must be 32 hexadecimal digits, or ^ and 1 to 64 characters")
        @Matches(
                regexp = "\\^.{0,64}|[^^].*",
                code = ErrorCode.KID_NAME_LENGTH,
                order = Order.KID + 3,
                message = "must have at most 64 characters after the ^")
        @Matches(
                regexp = "\\^\\P{Cc}+|[^^].*",
                code = ErrorCode.INVALID_KID,
                order = Order.KID + 4,
                message = "must have at least one character after the ^, and no control character")
        Parameter kid,

        @Once(code = ErrorCode.INVALID_ENCRYPTED_KEY, order = Order.EK, message = KeyRequest.ONCE)
        @Matches(
                regexp = "[0-9a-fA-F]{48}",
                code = ErrorCode.INVALID_ENCRYPTED_KEY,
                order = Order.EK + 1,
                message = "must be 48 hexadecimal digits: a 16-byte content key wrapped per RFC 3394")
        Parameter ek,

        @Once(code = ErrorCode.INVALID_CONTENT_KEY, order = Order.CONTENT_KEY, message = KeyRequest.ONCE)
        @Matches(
                regexp = ".{32}",
                code = ErrorCode.CONTENT_KEY_LENGTH,
                order = Order.CONTENT_KEY + 1,
                message = "must have 32 digits")
        @Matches(
                regexp = "[0-9a-fA-F]*",
                code = ErrorCode.INVALID_CONTENT_KEY,
                order = Order.CONTENT_KEY + 2,
                message = "must be hexadecimal")
        Parameter contentKey,

        @Required(
                code = ErrorCode.MISSING_SECURITY_LEVEL,
                order = Order.SECURITY_LEVEL,
                message = "is required: 1 to 5",
                groups = Strict.class)
        @Once(code = ErrorCode.INVALID_SECURITY_LEVEL, order = Order.SECURITY_LEVEL + 1, message = KeyRequest.ONCE)
        @Matches(
                regexp = "[1-5]",
                code = ErrorCode.INVALID_SECURITY_LEVEL,
                order = Order.SECURITY_LEVEL + 2,
                message = "must be 1 to 5")
        Parameter securityLevel,

        @Required(
                code = ErrorCode.MISSING_HDCP_OUTPUT_CONTROL,
                order = Order.HDCP_OUTPUT_CONTROL,
                message = "is required: 0 to 2",
                groups = Strict.class)
        @Once(
                code = ErrorCode.OUTPUT_CONTROL_OUT_OF_RANGE,
                order = Order.HDCP_OUTPUT_CONTROL + 1,
                message = KeyRequest.ONCE)
        @Matches(
                regexp = "-?[0-9]+",
                code = ErrorCode.INVALID_OUTPUT_CONTROL_FLAGS,
                order = Order.HDCP_OUTPUT_CONTROL + 2,
                message = "must be a number")
        @Range(
                min = 0,
                max = 2,
                code = ErrorCode.OUTPUT_CONTROL_OUT_OF_RANGE,
                order = Order.HDCP_OUTPUT_CONTROL + 3,
                message = "must be 0 to 2",
                groups = Strict.class)
        @Range(
                min = 0,
                max = 5,
                code = ErrorCode.OUTPUT_CONTROL_OUT_OF_RANGE,
                order = Order.HDCP_OUTPUT_CONTROL + 3,
                message = "must be 0 to 5",
                groups = Lenient.class)
        Parameter hdcpOutputControl,

        @Once(code = ErrorCode.INVALID_KEY_DATA, order = Order.TRACK_TYPE, message = KeyRequest.ONCE)
        @Matches(
                regexp = "[0-4]",
                code = ErrorCode.INVALID_KEY_DATA,
                order = Order.TRACK_TYPE + 1,
                message = "must be 0 to 4")
        Parameter trackType) {

    private static final Pattern KID = Pattern.compile("\\^\\P{Cc}{1,64}|[0-9a-fA-F]{32}");

    static final String ONCE = "must be given once, as percent-encoded UTF-8";

    /** How this key's material is given. */
    public KeyMaterial material() {
        boolean hasKek = !kek.isAbsent();
        boolean hasEk = !ek.isAbsent();
        if (!contentKey.isAbsent()) {
            return hasKek || hasEk ? KeyMaterial.AMBIGUOUS : KeyMaterial.CLEAR;
        }
        if (hasKek) {
            return hasEk ? KeyMaterial.WRAPPED : KeyMaterial.STORED;
        }
        return hasEk ? KeyMaterial.WITHOUT_KEK : KeyMaterial.NONE;
    }

    /** The key id, if it can be read, whatever else is wrong with the request. */
    public Optional<KeyId> readableKid() {
        return kid.isSingle() && KID.matcher(kid.value()).matches()
                ? Optional.of(TokenKey.kid(this))
                : Optional.empty();
    }

    /** The names only. */
    @Override
    public String toString() {
        return "KeyRequest[" + kid + "]";
    }

    /** The parameters of one key. */
    static KeyRequest plain(Parameters parameters) {
        return new KeyRequest(
                parameters.get("kek"),
                parameters.get("kid"),
                parameters.get("ek"),
                parameters.get("contentKey"),
                parameters.get("securityLevel"),
                parameters.get("hdcpOutputControl"),
                parameters.get("trackType"));
    }

    /** The parameters of key {@code index}; a plain one stands in for an absent one. */
    static KeyRequest indexed(Parameters parameters, int index) {
        return new KeyRequest(
                indexed(parameters, "kek", index),
                indexed(parameters, "kid", index),
                indexed(parameters, "ek", index),
                indexed(parameters, "contentKey", index),
                indexed(parameters, "securityLevel", index),
                indexed(parameters, "hdcpOutputControl", index),
                indexed(parameters, "trackType", index));
    }

    private static Parameter indexed(Parameters parameters, String name, int index) {
        Parameter own = parameters.get(name + "." + index);
        Parameter plain = own.isAbsent() ? parameters.get(name) : own;
        return plain.isAbsent() ? own : plain;
    }
}
