package io.playgrant.console.page;

import java.util.Arrays;
import java.util.Optional;

/**
 * The outcome of a form, shown on the page to which its answer redirects. The URL has the code only, so that nobody can put words into a
 * page with a link.
 */
public enum Flash {
    ACCOUNT_CHANGED("account-changed", "The account was changed."),
    ACCOUNT_ENABLED("account-enabled", "The account was enabled."),
    ACCOUNT_DISABLED("account-disabled", "The account was disabled. All its requests are refused from now on."),
    ACCOUNT_DELETED("account-deleted", "The account was deleted."),
    AUTHENTICATOR_REVOKED("authenticator-revoked", "The authenticator was revoked."),
    CREDITS_ADDED("credits-added", "The credits were added."),
    KEY_DELETED("key-deleted", "The stored key was deleted."),
    OPERATOR_CHANGED("operator-changed", "The operator was changed."),
    OPERATOR_DELETED("operator-deleted", "The operator was deleted."),
    REVOKED("revoked", "The token was revoked. Every redemption of it is refused from now on."),
    RING_ACTIVATED("ring-activated", "The key was activated. New tokens are sealed with it."),
    RING_ADDED("ring-added", "A key was added to the ring. Activate it when all nodes have loaded it."),
    RING_RETIRED("ring-retired", "The key was retired."),
    SESSIONS_ENDED("sessions-ended", "The operator's sessions were ended.");

    /** The parameter of the query. */
    static final String PARAMETER = "done";

    private final String code;
    private final String text;

    Flash(String code, String text) {
        this.code = code;
        this.text = text;
    }

    /** A path of the console, with this outcome. */
    public String on(String path) {
        return path + (path.indexOf('?') < 0 ? "?" : "&") + PARAMETER + "=" + code;
    }

    /** The notice of a code; empty if there is no such code. */
    static Optional<Notice> notice(String code) {
        return Arrays.stream(values())
                .filter(flash -> flash.code.equals(code))
                .map(flash -> Notice.good(flash.text))
                .findFirst();
    }
}
