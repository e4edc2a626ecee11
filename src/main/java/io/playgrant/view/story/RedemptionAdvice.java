package io.playgrant.view.story;

import static io.playgrant.view.story.Advice.backEnd;
import static io.playgrant.view.story.Advice.customer;
import static io.playgrant.view.story.Advice.operator;

import io.playgrant.error.ErrorCode;
import java.util.List;

/** Advice about refusals of licence requests: by the code, and by the reason that records and the log have. */
final class RedemptionAdvice {

    private static final String START_AGAIN = "The customer starts playback again, so that the app gets a new token.";

    private static final Advice UNREADABLE = backEnd(
            "The text is not a token of this installation: it was cut or changed on its way, or another installation issued"
                    + " it.",
            "Ask for the whole licence URL, as the app received it. If it is whole, the back end must use this installation's"
                    + " tokens.");

    private static final Advice NO_REQUEST = backEnd(
            "The player sent a body that is not a licence request.",
            "The app must post the bytes of the content decryption module unchanged: as binary data, not as text, JSON or a"
                    + " form.");

    private static final Advice OUTAGE = operator(
            "Widevine's licence service could not be reached, or it failed.",
            "The operator must check the network to the licence service and its status. The customer tries again later.");

    private static final Advice NO_SERVICE = operator(
            "The token's environment has no licence service.",
            "The operator must set PLAYGRANT_LICENSE_SERVICE, or PLAYGRANT_TEST_LICENSE_SERVICE for the test environment.");

    private static final Advice PROVIDER = operator(
            "Widevine's licence service does not accept the messages of this installation.",
            "The operator must check the provider's name, key, iv and URL in the settings of the licence service.");

    private static final Advice UPDATE = customer(
            "Google has revoked this model of device or this version of the browser.",
            "The customer installs the updates of the device and the browser, or uses another device.");

    private static final Advice OTHER_DEVICE = customer(
            "Widevine's licence service does not accept this device.",
            "The customer uses another device or browser. Emulators and rooted devices are not accepted.");

    private static final Advice DISABLED = operator(
            "The account of the token is disabled.",
            "If it should work again, an administrator enables it on the page of the account.");

    private static final Advice INVALID = backEnd(
            "The token itself is refused.", "Paste the licence URL on the page Explain, which shows every check.");

    private static final Advice LICENCE_FAILED = operator(
            "Widevine's licence service refused to make a licence.",
            "The operator must look up the status in the record, and ask the licence service's support.");

    /** How a reason begins or, with an asterisk before it, which words it has. The first that fits decides. */
    private record Case(ErrorCode code, String words, Advice advice) {

        boolean fits(ErrorCode other, String reason) {
            return code == other
                    && (words.startsWith("*") ? reason.contains(words.substring(1)) : reason.startsWith(words));
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(
                    ErrorCode.INVALID_TOKEN,
                    "expired at ",
                    customer(
                            "The token has expired.",
                            START_AGAIN
                                    + " If new tokens expire too soon, the back end must send a later expirationTime.")),
            new Case(
                    ErrorCode.INVALID_TOKEN,
                    "not redeemable before ",
                    customer(
                            "The token is not valid yet: its notBefore is in the future.",
                            "The customer waits until then. If the time is wrong, the back end must correct notBefore.")),
            new Case(
                    ErrorCode.INVALID_TOKEN,
                    "the last licence of the token ended at ",
                    customer("The player tried to renew or release a licence that has ended.", START_AGAIN)),
            new Case(
                    ErrorCode.INVALID_TOKEN,
                    "wrong content",
                    backEnd(
                            "The token is for other content: none of the keys that the player asks for is in it.",
                            "The back end must ask for a token with the kid of the content that is played. Compare the kids of"
                                    + " the token with those of the manifest.")),
            new Case(
                    ErrorCode.INVALID_TOKEN,
                    "persistent licence asked for",
                    backEnd(
                            "The player wants to store the licence for offline playback, and the token does not allow that.",
                            "For downloads, the back end must send generalFlags=00000001 with a lenient account. Otherwise the"
                                    + " app must ask for a temporary licence.")),
            new Case(
                    ErrorCode.INVALID_TOKEN,
                    "no redemptions are left",
                    customer(
                            "The token has been redeemed as often as maxRedemptions allows.",
                            START_AGAIN
                                    + " If players need more licences for one token, the back end must send a higher"
                                    + " maxRedemptions.")),
            new Case(
                    ErrorCode.INVALID_TOKEN,
                    "* used",
                    customer(
                            "The token has been redeemed as often as maxRedemptions allows.",
                            START_AGAIN
                                    + " If players need more licences for one token, the back end must send a higher"
                                    + " maxRedemptions.")),
            new Case(
                    ErrorCode.INVALID_TOKEN,
                    "revoked at ",
                    operator(
                            "The token was revoked.",
                            "If that was a mistake, take the revocation back: ./playgrant token revocation list shows its number, and"
                                    + " token revocation delete takes it back. A new token helps only if the revocation does not"
                                    + " cover it as well.")),
            new Case(
                    ErrorCode.INVALID_TOKEN,
                    "the token is of the ",
                    backEnd(
                            "The token is of one environment, and the host of the licence URL is of the other.",
                            "The back end must ask for the token with the authenticator of the environment, and the app must use"
                                    + " the licence URL unchanged.")),
            new Case(
                    ErrorCode.INVALID_TOKEN,
                    "no key ",
                    operator(
                            "The key that sealed the token is not in the ring: it was retired, or another installation issued"
                                    + " the token.",
                            START_AGAIN
                                    + " If new tokens fail too, the operator must compare the key rings of the nodes on the"
                                    + " page Rings.")),
            new Case(
                    ErrorCode.INVALID_TOKEN,
                    "no token was sent",
                    backEnd(
                            "The player sent no token.",
                            "The app must send the licence request to the whole licence URL, with its query.")),
            new Case(
                    ErrorCode.INVALID_TOKEN,
                    "two different tokens were sent",
                    backEnd(
                            "The player sent two different tokens.",
                            "The app must send one token, in the query or in the header.")),
            new Case(ErrorCode.INVALID_TOKEN, "*", INVALID),
            new Case(
                    ErrorCode.INVALID_IP_ADDRESS,
                    "*",
                    customer(
                            "The token may be redeemed only from the address for which it was issued, and the player has"
                                    + " another one.",
                            START_AGAIN
                                    + " If that happens to many, the back end must send the player's public address as"
                                    + " ipAddress, or a wider range.")),
            new Case(
                    ErrorCode.ACCOUNT_DISABLED,
                    "*was deleted",
                    backEnd(
                            "The account that issued the token was deleted.",
                            "The back end must get a new token from an account that exists.")),
            new Case(ErrorCode.ACCOUNT_DISABLED, "*", DISABLED),
            new Case(
                    ErrorCode.WIDEVINE_DISABLED,
                    "*",
                    operator(
                            "The account of the token may not use Widevine.",
                            "If it should, an administrator turns Widevine on, on the page of the account.")),
            new Case(
                    ErrorCode.DEVICE_NOT_AUTHENTICATED,
                    "bound to another service certificate",
                    backEnd(
                            "The player encrypted its identity for another licence service.",
                            "The app must not set a service certificate of another service: it sets that of GET"
                                    + " /hms/wv/certificate, or none.")),
            new Case(ErrorCode.DEVICE_NOT_AUTHENTICATED, "*; an update may help", UPDATE),
            new Case(
                    ErrorCode.DEVICE_NOT_AUTHENTICATED,
                    "*; no update helps",
                    customer(
                            "Google has revoked this one device.",
                            "The customer uses another device; no update helps.")),
            new Case(
                    ErrorCode.DEVICE_NOT_AUTHENTICATED,
                    "*the device's certificate is not Google's",
                    customer(
                            "The device has no certificate of Google, as with an emulator, or it is a test device at the"
                                    + " production service.",
                            "The customer uses another device. Developers use the test environment.")),
            new Case(
                    ErrorCode.DEVICE_NOT_AUTHENTICATED,
                    "*the provider's rules at Google",
                    customer(
                            "The provider's rules at Google exclude this device: it is not on the white list, its platform is"
                                    + " not verified, or its browser or system is too old.",
                            "The customer updates the browser and the system, or uses another device. If the device should be"
                                    + " allowed, the operator changes the rules at Google.")),
            new Case(ErrorCode.DEVICE_NOT_AUTHENTICATED, "*", OTHER_DEVICE),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, "the licence service of the ", NO_SERVICE),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, "*environment has no licence service", NO_SERVICE),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, "the licence service has not answered within ", OUTAGE),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, "*cannot be reached", OUTAGE),
            new Case(
                    ErrorCode.LICENSE_GENERATION_FAILED,
                    "the circuit of the licence service is open",
                    operator(
                            "Most of the last calls of Widevine's licence service failed, so it is not called for some seconds.",
                            "The operator must check the network to the licence service and its status. The customer tries again"
                                    + " later.")),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, "*overloaded or being maintained", OUTAGE),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, "the licence service answered HTTP 5", OUTAGE),
            new Case(
                    ErrorCode.LICENSE_GENERATION_FAILED,
                    "*the PSSH of the content",
                    backEnd(
                            "The PSSH of the content is damaged or was made for another provider.",
                            "The packager must write a new PSSH, or the manifest must carry the right one.")),
            new Case(
                    ErrorCode.LICENSE_GENERATION_FAILED,
                    "*the licence request is damaged",
                    backEnd(
                            "The licence request was damaged on its way, or encrypted for another licence service.",
                            "The app must post the bytes of the content decryption module unchanged, and set no service"
                                    + " certificate of another service.")),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, "*of the signature is not the provider's", PROVIDER),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, "*the provider's name or the URL is wrong", PROVIDER),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, "*does not accept this form of message", PROVIDER),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, "*the provider has no default policy", PROVIDER),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, "*the URL may be that of another service", PROVIDER),
            new Case(
                    ErrorCode.LICENSE_GENERATION_FAILED,
                    "*does not know one of the token's track types",
                    backEnd(
                            "Widevine's licence service does not know one of the token's track types.",
                            "The back end must send the trackType with which the content was packaged.")),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, "the licence service ", LICENCE_FAILED),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, ErrorCode.LICENSE_GENERATION_FAILED.text(), LICENCE_FAILED),
            new Case(ErrorCode.LICENSE_GENERATION_FAILED, "*", NO_REQUEST),
            new Case(
                    ErrorCode.ADMIN_ERROR,
                    "*",
                    operator(
                            "Redemptions, revocations or accounts could not be looked up, or no record could be written.",
                            "The operator must look at the health on the page Overview, and at the database. The customer tries"
                                    + " again later.")),
            new Case(
                    ErrorCode.CONTENT_TOO_LARGE,
                    "*",
                    backEnd(
                            "The body of the licence request is too large.",
                            "The app must post the licence request alone.")),
            new Case(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "*",
                    operator(
                            "Too many licence requests were waiting.",
                            "The customer tries again. If that happens often, the operator must add capacity.")));

    private RedemptionAdvice() {}

    static Advice of(ErrorCode code, String reason) {
        return CASES.stream()
                .filter(one -> one.fits(code, reason))
                .findFirst()
                .map(Case::advice)
                .orElseGet(() -> TokenAdvice.of(code));
    }

    /** Advice about a text that cannot be opened as a token. */
    static Advice ofUnreadable() {
        return UNREADABLE;
    }
}
