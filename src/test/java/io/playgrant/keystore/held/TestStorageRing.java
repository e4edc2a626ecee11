package io.playgrant.keystore.held;

import static io.playgrant.TestSecrets.secret;

import io.playgrant.contentkey.Kek;
import java.util.Map;
import java.util.Optional;

/** A storage ring of one key, for tests that need no file. */
public final class TestStorageRing {

    /** The id of its key. */
    public static final String ID = "5707a6e5707a6e00";

    private static final Kek KEK =
            Kek.ofHex(secret("5707a6e00102030405060708090a0b0c0d0e0f10111213141516171819aabbcc"));

    private TestStorageRing() {}

    /** What wraps and opens with it. */
    public static HeldKeys heldKeys() {
        StorageRing ring = new StorageRing(Map.of(ID, KEK), Map.of(), ID);
        return new HeldKeys(() -> Optional.of(ring), () -> ring);
    }
}
