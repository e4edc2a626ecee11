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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

    @Test
    void openEmbedded_makesTheTables(@TempDir Path folder) {
        try (Database database = Database.openEmbedded(folder)) {
            assertThat(tables(database))
                    .containsExactly(
                            "account",
                            "account_revision",
                            "audit",
                            "authenticator",
                            "credit",
                            "deleted_account",
                            "flyway_schema_history",
                            "installation",
                            "node",
                            "queue_charge",
                            "stored_key",
                            "stored_key_change",
                            "stored_key_revision");
            assertThat(migrations(database)).containsExactly("1", "2", "3", "4");
        }
        assertThat(folder.resolve("playgrant.mv.db")).isRegularFile();
    }

    @Test
    void openEmbedded_keepsWhatIsThere(@TempDir Path folder) {
        try (Database database = Database.openEmbedded(folder)) {
            new Installation(database).note("name", "fact");
        }
        try (Database database = Database.openEmbedded(folder)) {
            assertThat(new Installation(database).fact("name")).contains("fact");
            assertThat(migrations(database)).containsExactly("1", "2", "3", "4");
        }
    }

    @Test
    void openEmbedded_opensTwiceInOneProcess(@TempDir Path folder) {
        try (Database one = Database.openEmbedded(folder)) {
            try (Database two = Database.openEmbedded(folder)) {
                new Installation(one).note("one", "1");
                new Installation(two).note("two", "2");
                assertThat(new Installation(two).fact("one")).contains("1");
            }
            assertThat(new Installation(one).fact("two")).contains("2");
        }
    }

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
                .hasMessage("The database in " + folder + " cannot be made: Not a directory");
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
    void openEmbedded_mayStopAtAnOlderSchema_andIsMigratedLater(@TempDir Path folder) {
        try (Database database = Database.openEmbedded(folder, "1")) {
            assertThat(migrations(database)).containsExactly("1");
        }
        try (Database database = Database.openEmbedded(folder)) {
            assertThat(migrations(database)).startsWith("1", "2", "3", "4");
        }
    }

    @Test
    void openEmbedded_refusesADatabaseOfAnotherHistory(@TempDir Path folder) {
        try (Database database = Database.openEmbedded(folder)) {
            database.inTransaction(handle ->
                    handle.execute("update \"flyway_schema_history\" set \"checksum\" = 1 where \"version\" = '1'"));
        }
        assertThatThrownBy(() -> Database.openEmbedded(folder).close())
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The database in " + folder + " cannot be migrated: ");
    }

    @Test
    void withHandle_explainsWhatTheDatabaseRefuses(@TempDir Path folder) {
        try (Database database = Database.openEmbedded(folder)) {
            assertThatThrownBy(() -> database.withHandle(handle -> handle.execute("select 1 from nowhere")))
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith("The database failed: Table \"nowhere\" not found");
        }
    }

    @Test
    void withHandle_refusesWhenClosed(@TempDir Path folder) {
        Database database = Database.openEmbedded(folder);
        database.close();
        assertThatThrownBy(() -> database.withHandle(handle -> handle.execute("select 1")))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The database failed: ");
        assertThatThrownBy(() -> database.inTransaction(handle -> handle.execute("select 1")))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The database failed: ");
    }

    @Test
    void inTransaction_changesNothingWhenTheWorkFails(@TempDir Path folder) {
        try (Database database = Database.openEmbedded(folder)) {
            assertThatThrownBy(() -> database.inTransaction(handle -> {
                        handle.execute("insert into installation (name, fact) values ('name', 'fact')");
                        throw new IllegalStateException("as it is");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("as it is");
            assertThat(new Installation(database).fact("name")).isEmpty();
        }
    }

    @Test
    void inTransaction_changesNothingWhenAStatementIsRefused(@TempDir Path folder) {
        try (Database database = Database.openEmbedded(folder)) {
            assertThatThrownBy(() -> database.inTransaction(handle -> {
                        handle.execute("insert into installation (name, fact) values ('name', 'fact')");
                        return handle.execute("insert into installation (name, fact) values ('name', 'another')");
                    }))
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith("The database failed: ");
            assertThat(new Installation(database).fact("name")).isEmpty();
        }
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

    private static Set<String> tables(Database database) {
        return database.withHandle(handle -> new TreeSet<>(
                handle.createQuery("select table_name from information_schema.tables where table_schema = 'public'")
                        .mapTo(String.class)
                        .list()));
    }

    private static List<String> migrations(Database database) {
        return database.withHandle(handle -> handle.createQuery(
                        "select \"version\" from \"flyway_schema_history\" where \"success\" and \"version\" is not null")
                .mapTo(String.class)
                .list());
    }
}
