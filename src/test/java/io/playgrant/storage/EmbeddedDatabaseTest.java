package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.playgrant.JavaProcess;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @Test
    void openEmbedded_opensBesideAnotherProcessAndOutlivesIt(@TempDir Path folder) throws Exception {
        Process process = otherProcess(folder);
        try {
            JavaProcess.awaitLine(process, DatabaseUser.READY);
            try (Database database = Database.openEmbedded(folder)) {
                Installation installation = new Installation(database);
                assertThat(installation.fact("of-the-other-process")).contains("noted");
                installation.note("of-this-process", "noted too");
                assertListensOnLoopbackOnly(folder);

                process.destroyForcibly().waitFor();

                await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
                    assertThat(installation.fact("of-the-other-process")).contains("noted");
                    assertThat(installation.fact("of-this-process")).contains("noted too");
                });
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void commit_survivesAKilledProcess(@TempDir Path folder) throws Exception {
        Process process = otherProcess(folder);
        try {
            JavaProcess.awaitLine(process, DatabaseUser.READY);
        } finally {
            process.destroyForcibly().waitFor();
        }
        try (Database database = Database.openEmbedded(folder)) {
            assertThat(new Installation(database).fact("of-the-other-process")).contains("noted");
        }
    }

    @Test
    void openEmbedded_listensOnLoopbackOnly(@TempDir Path folder) throws IOException {
        try (Database database = Database.openEmbedded(folder)) {
            assertThat(migrations(database)).isNotEmpty();
            assertListensOnLoopbackOnly(folder);
        }
    }

    @Test
    void openEmbedded_refusesACorruptFile(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("playgrant.mv.db"), "This is no database.\n".repeat(1_000));
        assertThatThrownBy(() -> Database.openEmbedded(folder).close())
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The database in " + folder + " cannot be opened: ");
        assertThat(folder.resolve("playgrant.mv.db")).hasContent("This is no database.\n".repeat(1_000));
    }

    @Test
    void openEmbedded_refusesAPathBelowAFile(@TempDir Path parent) throws IOException {
        Path folder = Files.writeString(parent.resolve("file"), "").resolve("data");
        assertThatThrownBy(() -> Database.openEmbedded(folder).close())
                .isInstanceOf(StorageException.class)
                .hasMessage("The database in " + folder + " cannot be created: Not a directory");
    }

    @Test
    void openEmbedded_beginsAnew_whenADatabaseWasLeftHalfMade(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("playgrant-new.mv.db"), "half");
        try (Database database = Database.openEmbedded(folder)) {
            assertThat(migrations(database)).isNotEmpty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("playgrant.mv.db"));
        }
    }

    @Test
    void openEmbedded_waits_whileOthersTakeTheLockFirst(@TempDir Path folder) throws Exception {
        Database.openEmbedded(folder).close();
        Path lock = Files.createFile(folder.resolve("playgrant.lock.db"));
        // Longer than H2 itself waits for its turn.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        FutureTask<Boolean> others = new FutureTask<>(() -> {
            while (System.nanoTime() < end) {
                Files.setLastModifiedTime(lock, FileTime.from(Instant.now()));
                Thread.sleep(20);
            }
            return true;
        });
        new Thread(others).start();
        Database.openEmbedded(folder).close();
        assertThat(others.isDone()).isTrue();
    }

    private static Process otherProcess(Path folder) throws IOException {
        return JavaProcess.builder(
                        Map.of(),
                        List.of("-Dplaygrant.log.level=ERROR"),
                        DatabaseUser.class.getName(),
                        List.of(folder.toString(), "noted"))
                .redirectErrorStream(true)
                .start();
    }

    private static void assertListensOnLoopbackOnly(Path folder) throws IOException {
        int port = serverPort(folder);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1_000);
        }
        // All of 127.0.0.0/8 is this machine: whoever listens on every address would answer here.
        assertThatThrownBy(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(
                                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), port),
                                1_000);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private static int serverPort(Path folder) throws IOException {
        Properties lock = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("playgrant.lock.db"))) {
            lock.load(reader);
        }
        String server = lock.getProperty("server", "");
        assertThat(server).matches("(localhost|127\\.0\\.0\\.1):[0-9]+");
        return Integer.parseInt(server.substring(server.indexOf(':') + 1));
    }

    private static List<String> migrations(Database database) {
        return database.withHandle(handle -> handle.createQuery(
                        "select \"version\" from \"flyway_schema_history\" where \"success\" and \"version\" is not null")
                .mapTo(String.class)
                .list());
    }
}
