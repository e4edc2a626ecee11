package io.playgrant.console.api;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyWrap;
import io.playgrant.contentkey.KeyWrapException;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.held.HeldKeys;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens stored keys. */
final class KeyValues {

    private KeyValues() {}

    /**
     * The value of a key in clear.
     *
     * @param kek the client's kek; not used for a held key
     */
    static String reveal(StoredKey key, @Nullable Kek kek, HeldKeys held) {
        String heldBy = key.heldBy();
        ContentKey opened = heldBy == null ? unwrap(key, Objects.requireNonNull(kek)) : held.open(key.ek(), heldBy);
        String hex = opened.revealHex();
        opened.wipe();
        return hex;
    }

    private static ContentKey unwrap(StoredKey key, Kek kek) {
        try {
            return KeyWrap.unwrap(kek, key.ek());
        } catch (KeyWrapException e) {
            throw TokenException.of(ErrorCode.KEYSTORE_INCORRECT_KEK, "the key does not open under kek");
        }
    }
}
