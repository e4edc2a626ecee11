package io.playgrant.bench.redeem;

import io.playgrant.contentkey.KeyId;
import io.playgrant.license.challenge.SampleChallenge;
import java.util.Base64;

/** What players send to a licence URL. */
final class Players {

    /** The name of the film's key, without its {@code ^}. */
    static final String FILM = "my-first-film";

    private static final KeyId KID = KeyId.ofName(FILM);

    /** The message of a Clear Key player (W3C EME section 9.1.3). */
    static final String CLEAR_KEY_REQUEST = "{\"kids\":[\""
            + Base64.getUrlEncoder().withoutPadding().encodeToString(KID.toByteArray()) + "\"],\"type\":\"temporary\"}";

    private Players() {}

    /** The message of a Widevine player. */
    static byte[] challenge() {
        return SampleChallenge.of(KID).bytes();
    }
}
