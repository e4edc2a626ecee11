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
                securityLevel(request),
                hdcpOutputControl(request),
                TrackType.of(trackTypeOr(request, TrackType.HD.number())));
    }

    /**
     * A key that the service holds.
     *
     * @param rules the validated request, which has the rules for its use
     * @param trackType the number of the track type
     */
    public static TokenKey ofHeld(KeyRequest rules, KeyId kid, ContentKey contentKey, int trackType) {
        return new TokenKey(kid, contentKey, securityLevel(rules), hdcpOutputControl(rules), TrackType.of(trackType));
    }

    /** The track type of a validated request. */
    public static int trackTypeOr(KeyRequest request, int otherwise) {
        return numberOr(request.trackType(), otherwise);
    }

    private static SecurityLevel securityLevel(KeyRequest request) {
        return SecurityLevel.of(numberOr(request.securityLevel(), SecurityLevel.SW_SECURE_CRYPTO.number()));
    }

    private static HdcpOutputControl hdcpOutputControl(KeyRequest request) {
        return HdcpOutputControl.of(numberOr(request.hdcpOutputControl(), HdcpOutputControl.HDCP_NONE.number()));
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
