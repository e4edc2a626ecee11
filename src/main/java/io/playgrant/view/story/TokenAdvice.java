package io.playgrant.view.story;

import static io.playgrant.view.story.Advice.backEnd;
import static io.playgrant.view.story.Advice.operator;

import io.playgrant.error.ErrorCode;

/** Advice about refusals of token requests, by their code. */
final class TokenAdvice {

    private TokenAdvice() {}

    static Advice of(ErrorCode code) {
        return switch (code) {
            case INVALID_EXPIRATION_TIME ->
                backEnd(
                        "The token would have expired already, or its times are not valid.",
                        "The back end must send an expirationTime in the future, at most 30 days ahead, and a notBefore"
                                + " that is earlier. If both are right, compare the clock of the back end.");
            case INVALID_IP_ADDRESS ->
                backEnd(
                        "The back end called from an address that the account does not allow, or sent an ipAddress that is"
                                + " none.",
                        "If the record's address is the back end's new one, add its network to the account. Otherwise the"
                                + " back end must send ipAddress as one IPv4 or IPv6 address or CIDR range.");
            case INVALID_CONTENT_KEY ->
                backEnd(
                        "The request has no usable content key, and no key is held for it here.",
                        "The back end must send contentKey as 32 hexadecimal digits, or kek and ek, or the kid of a held"
                                + " key.");
            case CONTENT_KEY_LENGTH ->
                backEnd(
                        "The content key does not have 32 hexadecimal digits.",
                        "The back end must send contentKey as 32 hexadecimal digits.");
            case INVALID_ENCRYPTED_KEY ->
                backEnd(
                        "The wrapped content key cannot be unwrapped with the kek that was sent.",
                        "The back end must send the kek with which the key was wrapped: 32, 48 or 64 hexadecimal digits,"
                                + " and ek with 48.");
            case KEY_STORAGE_FAILED ->
                backEnd(
                        "There is no stored key for the kid or the content, or it does not fit the kek, or the key storage"
                                + " cannot be reached.",
                        "Look the kid up on the page Keys. If it is missing, the catalogue must create or import it; if it is"
                                + " there, the back end must send the kek with which it was stored.");
            case MISSING_KID -> backEnd("The request names no key.", "The back end must send the kid of the content.");
            case KID_LENGTH, KID_NAME_LENGTH, INVALID_KID ->
                backEnd(
                        "The kid is neither 32 hexadecimal digits nor ^ with a name of 1 to 64 characters.",
                        "The back end must send the kid in one of these two forms, and only once.");
            case INVALID_KEY_DATA ->
                backEnd(
                        "Data of the keys contradict each other: indexes, contentId, trackType, maxRedemptions, or contentKey"
                                + " together with kek or ek.",
                        "The back end must correct the parameter that the answer names.");
            case MISSING_AUTHENTICATOR ->
                backEnd(
                        "The request has no authenticator.",
                        "The back end must send customerAuthenticator, or Authorization: Basic.");
            case INVALID_AUTHENTICATOR ->
                backEnd(
                        "The authenticator is unknown, malformed, sent twice, of the other environment, or made for packagers.",
                        "The back end must send the current authenticator of this environment. If it was lost, create a new"
                                + " one on the page of the account.");
            case ACCOUNT_DISABLED ->
                operator(
                        "The account was disabled.",
                        "If it should work again, an administrator enables it on the page of the account.");
            case WIDEVINE_DISABLED ->
                operator(
                        "The account may not use Widevine.",
                        "If it should, an administrator turns Widevine on, on the page of the account.");
            case INSUFFICIENT_TOKENS ->
                operator(
                        "The account has no credits left.",
                        "An administrator adds credits on the page of the account.");
            case TOO_MANY_REQUESTS ->
                backEnd(
                        "The account asked for more tokens per second than its rate allows.",
                        "The back end must spread its requests and honour Retry-After. If the load is wanted, an"
                                + " administrator raises the account's rate.");
            case MISSING_SECURITY_LEVEL, INVALID_SECURITY_LEVEL ->
                backEnd(
                        "securityLevel is missing, or not 1 to 5.",
                        "The back end must send securityLevel from 1 to 5; a lenient account has a default of 1.");
            case MISSING_HDCP_OUTPUT_CONTROL, OUTPUT_CONTROL_OUT_OF_RANGE ->
                backEnd(
                        "hdcpOutputControl is missing, sent twice, or out of range.",
                        "The back end must send hdcpOutputControl as 0, 1 or 2; a lenient account may send up to 5.");
            case INVALID_OUTPUT_CONTROL_FLAGS, OUTPUT_CONTROL_FLAG_LENGTH ->
                backEnd(
                        "hdcpOutputControl is no number, or outputControlFlags does not have 8 hexadecimal digits.",
                        "The back end must correct the parameter that the answer names.");
            case INVALID_LICENSE_DURATION ->
                backEnd(
                        "licenseDuration or playbackDuration is not a number of seconds from 1 to 2147483647.",
                        "The back end must send the duration in seconds.");
            case MISSING_RENTAL_PERIOD_END_TIME ->
                backEnd(
                        "The rental has no end, or one that is not in the future.",
                        "The back end must send rental.periodEndTime once, as a time in the future.");
            case MISSING_RENTAL_PLAY_DURATION, INVALID_RENTAL_PLAY_DURATION ->
                backEnd(
                        "The rental has no valid rental.playDuration.",
                        "The back end must send rental.playDuration in seconds, from 1 to 2147483647.");
            case INVALID_RENTAL_DURATION ->
                backEnd(
                        "rightsType or rentalDuration is not valid.",
                        "The back end must send rightsType as Rental or BuyToOwn, and rentalDuration as a number.");
            case INVALID_COOKIE ->
                backEnd(
                        "The cookie has more than 32 characters, or control characters.",
                        "The back end must send a shorter cookie, such as a hash of its session.");
            case INVALID_GENERAL_FLAGS ->
                backEnd(
                        "generalFlags has a value that the account's profile does not allow.",
                        "The back end must send 0000; only a lenient account may send 00000001, for a licence to store.");
            case EXTENSION_VALUE_MISSING, EXTENSION_TYPE_LENGTH, EXTENSION_PAYLOAD_ENCODING ->
                backEnd(
                        "A wvExtension does not have the form of 4 characters, a comma and Base64.",
                        "The back end must correct wvExtension, or leave it out.");
            case INVALID_WV_EXTENSION ->
                backEnd(
                        "There are too many extensions, too many keys, or the licence URL became too long.",
                        "The back end must send fewer or shorter wvExtension values, or ask for fewer keys at once.");
            case DEVICE_ID_NOT_SUPPORTED ->
                backEnd("Tokens cannot be bound to a device.", "The back end must leave deviceId out.");
            case INVALID_ERROR_FORMAT ->
                backEnd("errorFormat is neither html nor json.", "The back end must send errorFormat=json.");
            case BAD_REQUEST ->
                backEnd(
                        "The request cannot be read: its body, its Host or a proxy's X-Forwarded header is malformed.",
                        "The back end, or the proxy in front of Playgrant, must send a well-formed request.");
            case FORBIDDEN ->
                operator(
                        "Packaging is off for the account.",
                        "If it should ask for keys, an administrator turns packaging on, on the page of the account.");
            case NOT_FOUND ->
                backEnd("The path does not exist.", "The back end must call the path of the documentation.");
            case METHOD_NOT_ALLOWED ->
                backEnd("The method is neither GET nor POST.", "The back end must send GET or POST.");
            case CONTENT_TOO_LARGE ->
                backEnd("The body of the request is too large.", "The back end must send at most 16 KiB.");
            case UNSUPPORTED_MEDIA_TYPE ->
                backEnd(
                        "The body has a type, charset or Content-Encoding that is not supported.",
                        "The back end must send the type of the documentation, in UTF-8, uncompressed.");
            case KEYSTORE_INVALID_PARAMETERS, KEYSTORE_INVALID_SYNTAX ->
                backEnd(
                        "The call of the key storage has invalid parameters.",
                        "The back end must correct the parameter that the answer names.");
            case KEYSTORE_INCORRECT_KEK ->
                backEnd(
                        "The key was stored with another kek.",
                        "The back end must send the kek with which it stored the key.");
            case ADMIN_ERROR ->
                operator(
                        "Accounts could not be read, or no record of the answer could be written.",
                        "The operator must look at the health on the page Overview, and at the database. The back end tries"
                                + " again later.");
            case SERVICE_UNAVAILABLE ->
                operator(
                        "Too many requests were waiting.",
                        "The back end tries again after Retry-After. If that happens often, the operator must add capacity.");
            case INTERNAL_ERROR, KEYSTORE_INTERNAL_ERROR ->
                operator(
                        "The service failed.",
                        "The operator must look up the request id in the log, and report the failure.");
            case DEVICE_NOT_AUTHENTICATED, INVALID_TOKEN, LICENSE_GENERATION_FAILED -> RedemptionAdvice.of(code, "");
        };
    }
}
