package io.playgrant.token;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;

/** One key of a token, with the rules for its use. */
public record TokenKey(
        KeyId kid,
        ContentKey contentKey,
        SecurityLevel securityLevel,
        HdcpOutputControl hdcpOutputControl,
        TrackType trackType) {

    /**
     * The key for a validated request.
     *
     * @param request the validated request; missing rules have the defaults of the lenient profile (protocol section 2)
     * @param contentKey the content key from its key material
     */
    public static TokenKey of(KeyRequest request, ContentKey contentKey) {
        return new TokenKey(
                kid(request),
                contentKey,
                SecurityLevel.of(numberOr(request.securityLevel(), SecurityLevel.SW_SECURE_CRYPTO.number())),
                HdcpOutputControl.of(numberOr(request.hdcpOutputControl(), HdcpOutputControl.HDCP_NONE.number())),
                TrackType.of(numberOr(request.trackType(), TrackType.HD.number())));
    }

    /** The key id of a validated request: hexadecimal, or the hash of the name after {@code ^}. */
    public static KeyId kid(KeyRequest request) {
        String kid = request.kid().value();
        return kid.startsWith("^") ? KeyId.ofName(kid.substring(1)) : KeyId.ofHex(kid);
    }

    private static int numberOr(Parameter parameter, int defaultNumber) {
        return parameter.isAbsent() ? defaultNumber : parameter.intValue();
    }
}
