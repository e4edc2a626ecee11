package io.playgrant.keystore.held;

import io.playgrant.audit.Audit;
import io.playgrant.files.DataFolder;
import io.playgrant.files.KeySectionsEditor;
import io.playgrant.storage.StorageException;
import java.security.SecureRandom;
import java.util.function.ToLongFunction;

/** Changes the storage ring's file. */
public final class StorageRingEditor {

    private static final String DETAILS = "ring=storage";

    private final KeySectionsEditor editor;
    private final ToLongFunction<String> heldBy;

    /**
     * An editor for the ring in a folder.
     *
     * @param heldBy the number of stored keys that a key of the ring wraps
     */
    public StorageRingEditor(DataFolder folder, Audit audit, SecureRandom random, ToLongFunction<String> heldBy) {
        this.editor = new KeySectionsEditor(
                folder, StorageRingFile.NAME, StorageRingFile.FORM, StorageRingFile::parse, audit, random);
        this.heldBy = heldBy;
    }

    /**
     * Adds a random key, which does not wrap new keys yet.
     *
     * @return its id
     * @throws StorageException with a message that says why
     */
    public String add() {
        return editor.add(StorageRingFile.SECTION, DETAILS);
    }

    /**
     * Wraps new keys with another key from now on.
     *
     * @throws StorageException with a message that says why
     */
    public void activate(String id) {
        editor.activate(StorageRingFile.SECTION, DETAILS, id);
    }

    /**
     * Removes a key that no stored key needs.
     *
     * @throws StorageException with a message that says why, for instance how many stored keys need it
     */
    public void retire(String id) {
        long needed = heldBy.applyAsLong(id);
        if (needed > 0) {
            throw new StorageException(
                    "The key " + id + " still wraps " + needed + " stored " + (needed == 1 ? "key" : "keys")
                            + ". After another key was activated, a running server wraps them anew");
        }
        editor.retire(StorageRingFile.SECTION, DETAILS, id);
    }
}
