package io.playgrant.keystore.held;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyWrap;
import io.playgrant.contentkey.KeyWrapException;
import io.playgrant.storage.StorageException;
import java.util.Optional;
import java.util.function.Supplier;

/** Wraps and opens the keys that the service holds, with the storage ring (RFC 3394). */
public final class HeldKeys {

    private final Supplier<Optional<StorageRing>> ring;
    private final Supplier<StorageRing> required;

    /**
     * Wraps and opens with a ring.
     *
     * @param ring the current ring; empty if the installation has none
     * @param required the ring, which is read again or created if necessary; throws {@link StorageException} if that is impossible
     */
    public HeldKeys(Supplier<Optional<StorageRing>> ring, Supplier<StorageRing> required) {
        this.ring = ring;
        this.required = required;
    }

    /**
     * The id of the key that wraps new keys.
     *
     * @throws StorageException if the installation has no storage ring, and none can be created
     */
    public String activeId() {
        return ring.get().orElseGet(required).activeId();
    }

    /** Whether the ring has a key. */
    public boolean canOpen(String heldBy) {
        return find(heldBy).isPresent();
    }

    /**
     * Wraps a key with a key of the ring. The same key with the same key of the ring always wraps to the same bytes.
     *
     * @throws StorageException if the ring does not have that key
     */
    public EncryptedKey wrap(ContentKey key, String ringKeyId) {
        return KeyWrap.wrap(require(ringKeyId), key);
    }

    /**
     * Opens a held key. The caller wipes it.
     *
     * @param heldBy the id of the ring's key that wraps it
     * @throws StorageException if the ring does not have that key, or if it does not open under it
     */
    public ContentKey open(EncryptedKey ek, String heldBy) {
        try {
            return KeyWrap.unwrap(require(heldBy), ek);
        } catch (KeyWrapException e) {
            throw new StorageException("A held key does not open under the key " + heldBy + " of the storage ring");
        }
    }

    private Kek require(String id) {
        return find(id).orElseThrow(() -> new StorageException("The storage ring does not have the key " + id));
    }

    private Optional<Kek> find(String id) {
        Optional<Kek> found = ring.get().flatMap(keys -> keys.find(id));
        // Another process may have just changed the file.
        return found.isPresent() ? found : required.get().find(id);
    }
}
