package io.playgrant.keystore.held;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.playgrant.CapturedLog;
import io.playgrant.files.DataFolder;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class StorageRingFileTest {

    private static final String ID = "0a0a0a0a0a0a0a0a";
    private static final String SECRET = secret("YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU");
    private static final String LONG_SECRET = secret("YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU2Nzg5");

    @AutoClose
    private final Schedule schedule = new Schedule();

    @TempDir
    private Path path;

    @RegisterExtension
    final CapturedLog log = CapturedLog.of(StorageRingFile.class);

    @Test
    void aMissingFile_isNoRing_untilItIsThere_andMayNotDisappear() throws IOException {
        try (StorageRingFile file = new StorageRingFile(DataFolder.open(path), schedule)) {
            assertThat(file.get()).isEmpty();
            Files.writeString(json(), ring(SECRET));
            await().atMost(Duration.ofSeconds(10)).until(() -> file.get().isPresent());
            assertThat(file.get().orElseThrow().activeId()).isEqualTo(ID);
            Files.delete(json());
            await().atMost(Duration.ofSeconds(10)).until(() -> file.problem().isPresent());
            assertThat(file.get().orElseThrow().activeId()).isEqualTo(ID);
            assertThat(file.problem())
                    .contains("The key file " + json() + " cannot be read: there is no such file or folder");
        }
    }

    @Test
    void refreshed_readsAChangeAtOnce() throws IOException {
        try (StorageRingFile file = new StorageRingFile(DataFolder.open(path), schedule)) {
            Files.writeString(json(), ring(SECRET));
            assertThat(file.refreshed()).isPresent();
        }
    }

    @Test
    void aKeyOfAnotherLength_isRefused_withoutTheKey() throws IOException {
        Files.writeString(json(), ring(LONG_SECRET));
        assertThatThrownBy(() -> StorageRingFile.readIn(path))
                .isInstanceOf(StorageException.class)
                .hasMessage("The key file " + json() + " contains a key that has not exactly 32 bytes: " + ID);
    }

    @Test
    void aFileWithoutAStorageRing_isRefused() throws IOException {
        Files.writeString(json(), "{\"keys\":[]}");
        assertThatThrownBy(() -> new StorageRingFile(DataFolder.open(path), schedule).close())
                .isInstanceOf(StorageException.class)
                .hasMessage("The key file " + json() + " does not list the keys of the storage ring");
    }

    private Path json() {
        return path.resolve("storage-ring.json");
    }

    private static String ring(String key) {
        return "{\"storage\":{\"active\":\"" + ID + "\",\"keys\":[\"" + ID
                + "\"]},\"keys\":[{\"kty\":\"oct\",\"kid\":\"" + ID + "\",\"k\":\"" + key + "\"}]}";
    }
}
