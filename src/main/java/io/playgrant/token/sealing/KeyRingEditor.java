package io.playgrant.token.sealing;

import io.playgrant.account.Environment;
import io.playgrant.audit.Audit;
import io.playgrant.files.DataFolder;
import io.playgrant.files.KeySectionsEditor;
import io.playgrant.storage.StorageException;
import java.security.SecureRandom;

/** Changes the key ring's file. */
public final class KeyRingEditor {

    private final KeySectionsEditor editor;

    /** An editor for the ring in a folder. */
    public KeyRingEditor(DataFolder folder, Audit audit, SecureRandom random) {
        this.editor =
                new KeySectionsEditor(folder, KeyRingFile.NAME, KeyRingFile.FORM, KeyRingFile::parse, audit, random);
    }

    /**
     * Adds a random key, which opens tokens but does not encrypt new ones.
     *
     * @return its id
     * @throws StorageException with a message that says why
     */
    public String add(Environment environment) {
        return editor.add(environment.label(), details(environment));
    }

    /**
     * Encrypts new tokens with another key from now on.
     *
     * @throws StorageException with a message that says why
     */
    public void activate(Environment environment, String id) {
        editor.activate(environment.label(), details(environment), id);
    }

    /**
     * Removes a key. Tokens that were encrypted with it can never be opened again.
     *
     * @throws StorageException with a message that says why, for instance that the key is active
     */
    public void retire(Environment environment, String id) {
        editor.retire(environment.label(), details(environment), id);
    }

    private static String details(Environment environment) {
        return "environment=" + environment.label();
    }
}
