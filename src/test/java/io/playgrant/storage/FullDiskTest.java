package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.files.DataFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of two megabytes, which is full at times. Only who may mount one can run this. */
class FullDiskTest {

    private static final Duration SOME_SECONDS = Duration.ofSeconds(30);

    private Path disk;
    private Path data;

    @BeforeEach
    void mount(@TempDir Path folder) throws Exception {
        disk = folder;
        data = disk.resolve("data");
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()))
                .as("mounts a disk")
                .isTrue();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void database_failsInOneSentence_andGoesOnWhenThereIsRoom() throws IOException {
        try (Database database = Database.openEmbedded(DataFolder.open(data).path())) {
            Installation installation = new Installation(database);
            installation.note("before", "1");
            fill();
            List<String> written = new ArrayList<>();
            assertThatThrownBy(() -> noteUntilItFails(installation, written))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("The database failed: No space left on device");

            makeRoom();
            await().atMost(SOME_SECONDS).ignoreExceptions().untilAsserted(() -> {
                installation.note("after", "2");
                assertThat(installation.fact("after")).contains("2");
            });
            assertThat(installation.fact("before")).contains("1");
            assertThat(written)
                    .allSatisfy(name -> assertThat(installation.fact(name)).isPresent());
            assertThat(installation.fact("full-" + written.size())).isEmpty();
        }
        try (Database database = Database.openEmbedded(data)) {
            assertThat(new Installation(database).fact("after")).contains("2");
        }
    }

    @Test
    void newDatabase_isMadeWholeOrNotAtAll() throws IOException {
        DataFolder.open(data);
        for (int room : List.of(0, 8, 40, 80)) {
            fill();
            leave(room);
            assertThatThrownBy(() -> Database.openEmbedded(data).close())
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith("The database in " + data + " cannot be ")
                    .hasMessageContaining("o space ");
            try (Stream<Path> files = Files.list(data)) {
                assertThat(files).isEmpty();
            }
        }
        makeRoom();
        Database.openEmbedded(data).close();
    }

    @Test
    void file_staysAsItWas() throws IOException {
        DataFolder folder = DataFolder.open(data);
        folder.write("ring.json", "before");
        fill();
        leave(8);
        assertThatThrownBy(() -> folder.write("ring.json", "x".repeat(20_000)))
                .isInstanceOf(StorageException.class)
                .hasMessage("The file " + data.resolve("ring.json") + " cannot be written: No space left on device");
        assertThat(data.resolve("ring.json")).hasContent("before");
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files).containsExactly(data.resolve("ring.json"));
        }
    }

    /** There may be room in the file for some. */
    private static void noteUntilItFails(Installation installation, List<String> written) {
        while (written.size() < 10_000) {
            String name = "full-" + written.size();
            installation.note(name, "x".repeat(200));
            written.add(name);
        }
    }

    private void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(disk.resolve("fill"))) {
            while (Files.getFileStore(disk).getUsableSpace() > 0) {
                out.write(new byte[4_096]);
            }
        }
    }

    /** Leaves some kilobytes of a full disk. */
    private void leave(int kilobytes) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(disk.resolve("fill"), StandardOpenOption.WRITE)) {
            file.truncate(file.size() - kilobytes * 1_024L);
        }
    }

    private void makeRoom() throws IOException {
        Files.delete(disk.resolve("fill"));
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
