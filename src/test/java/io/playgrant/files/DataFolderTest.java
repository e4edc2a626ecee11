package io.playgrant.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @Test
    void open_makesTheFolderForItsOwnerOnly(@TempDir Path parent) throws IOException {
        Path outer = parent.resolve("a");
        Path path = outer.resolve("b");
        DataFolder folder = DataFolder.open(path);
        assertThat(folder.path()).isEqualTo(path);
        assertThat(permissions(path)).isEqualTo("rwx------");
        assertThat(permissions(outer)).isEqualTo("rwx------");
    }

    @Test
    void open_takesAFolderThatIsThere(@TempDir Path path) throws IOException {
        Files.writeString(path.resolve("kept"), "kept");
        DataFolder.open(path);
        DataFolder.open(path);
        assertThat(path.resolve("kept")).hasContent("kept");
    }

    @Test
    void open_refusesAFileInItsPlace(@TempDir Path parent) throws IOException {
        Path path = Files.writeString(parent.resolve("data"), "");
        assertThatThrownBy(() -> DataFolder.open(path))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The data folder " + path + " is a file");
    }

    @Test
    void open_refusesAPathBelowAFile(@TempDir Path parent) throws IOException {
        Path path = Files.writeString(parent.resolve("file"), "").resolve("data");
        assertThatThrownBy(() -> DataFolder.open(path))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The data folder " + path + " cannot be created: ");
    }

    @Test
    void write_leavesALinkAndItsFileAlone(@TempDir Path parent) throws IOException {
        DataFolder folder = DataFolder.open(parent.resolve("data"));
        Path secret = Files.writeString(parent.resolve("secret"), "old");
        Files.createSymbolicLink(folder.file("ring.json"), secret);
        assertThatThrownBy(() -> folder.write("ring.json", "new"))
                .isInstanceOf(StorageException.class)
                .hasMessage("The file " + folder.file("ring.json")
                        + " is a link. Change the file where it comes from, for example in its Secret");
        assertThat(folder.isLink("ring.json")).isTrue();
        assertThat(secret).hasContent("old");
    }

    @Test
    void file_isInTheFolder(@TempDir Path path) {
        assertThat(DataFolder.open(path).file("ring.json")).isEqualTo(path.resolve("ring.json"));
    }

    @Test
    void write_makesAFileForItsOwnerOnly(@TempDir Path path) throws IOException {
        DataFolder.open(path).write("demo.txt", "Größe\n");
        assertThat(path.resolve("demo.txt")).hasContent("Größe\n");
        assertThat(permissions(path.resolve("demo.txt"))).isEqualTo("rw-------");
        assertThat(names(path)).containsExactly("demo.txt");
    }

    @Test
    void write_replacesTheFile(@TempDir Path path) throws IOException {
        DataFolder folder = DataFolder.open(path);
        folder.write("demo.txt", "before, and longer");
        Object before = Files.getAttribute(path.resolve("demo.txt"), "unix:ino");
        folder.write("demo.txt", "after");
        assertThat(path.resolve("demo.txt")).hasContent("after");
        assertThat(Files.getAttribute(path.resolve("demo.txt"), "unix:ino")).isNotEqualTo(before);
        assertThat(permissions(path.resolve("demo.txt"))).isEqualTo("rw-------");
    }

    @Test
    void write_thatFailsLeavesNothingBehind(@TempDir Path path) throws IOException {
        DataFolder folder = DataFolder.open(path);
        Files.createDirectories(path.resolve("demo.txt/inside"));
        assertThatThrownBy(() -> folder.write("demo.txt", "text"))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The file " + path.resolve("demo.txt") + " cannot be written: ");
        assertThat(names(path)).containsExactly("demo.txt");
        assertThat(path.resolve("demo.txt/inside")).isDirectory();
    }

    @Test
    void write_refusesAFolderThatWentAway(@TempDir Path parent) throws IOException {
        DataFolder folder = DataFolder.open(parent.resolve("data"));
        Files.delete(folder.path());
        assertThatThrownBy(() -> folder.write("demo.txt", "text"))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The file " + folder.file("demo.txt") + " cannot be written: ");
    }

    @Test
    void write_isSeenWholeOrNotAtAll(@TempDir Path path) throws Exception {
        DataFolder folder = DataFolder.open(path);
        String first = "a".repeat(100_000);
        String second = "b".repeat(100_000);
        folder.write("file", first);
        CountDownLatch stop = new CountDownLatch(1);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<?> writer = executor.submit(() -> {
                for (int i = 0; i < 50; i++) {
                    folder.write("file", i % 2 == 0 ? second : first);
                }
                stop.countDown();
            });
            while (stop.getCount() != 0 && !writer.isDone()) {
                String read = Files.readString(path.resolve("file"));
                assertThat(read.equals(first) || read.equals(second)).isTrue();
            }
            writer.get(10, TimeUnit.SECONDS);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void exclusively_returnsWhatTheWorkReturns(@TempDir Path path) {
        assertThat(DataFolder.open(path).exclusively(() -> "done")).isEqualTo("done");
    }

    @Test
    void exclusively_letsOneThreadInAtATime(@TempDir Path path) throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> all = IntStream.range(0, 40)
                    .mapToObj(i -> executor.submit(() -> DataFolder.open(path).exclusively(() -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        return inside.decrementAndGet();
                    })))
                    .toList();
            for (Future<Integer> one : all) {
                assertThat(one.get(10, TimeUnit.SECONDS)).isZero();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void exclusively_freesTheLockWhenTheWorkFails(@TempDir Path path) {
        DataFolder folder = DataFolder.open(path);
        assertThatThrownBy(() -> folder.exclusively(() -> {
                    throw new IllegalStateException("as it is");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("as it is");
        assertThat(folder.exclusively(() -> 1)).isEqualTo(1);
    }

    @Test
    void exclusively_refusesAFolderThatWentAway(@TempDir Path parent) throws IOException {
        DataFolder folder = DataFolder.open(parent.resolve("data"));
        Files.delete(folder.path());
        assertThatThrownBy(() -> folder.exclusively(() -> 1))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The data folder " + folder.path() + " cannot be locked: ");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
