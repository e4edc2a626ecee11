package io.playgrant.keystore;

import io.playgrant.storage.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Stored keys in the embedded database, which two processes of one machine share. */
class EmbeddedStoredKeysTest extends StoredKeysContract {

    @TempDir
    private Path folder;

    @Override
    Database open() {
        return Database.openEmbedded(folder);
    }
}
