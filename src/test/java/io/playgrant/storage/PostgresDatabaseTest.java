package io.playgrant.storage;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.playgrant.broker.FreePort;
import io.playgrant.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of a database on a server only. */
class PostgresDatabaseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration SOME_SECONDS = Duration.ofSeconds(20);
    private static final String PASSWORD = secret("the password of the database");

    private static PostgresServer server;

    private DatabaseServer address;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createDatabase() {
        address = server.createDatabase();
    }

    @Test
    void open_refusesAServerThatIsNotThere() {
        String url = "jdbc:postgresql://127.0.0.1:" + FreePort.find() + "/playgrant";
        assertThatThrownBy(() -> Database.open(
                                new DatabaseServer(url + "?sslmode=disable", "playgrant", PASSWORD), PATIENCE)
                        .close())
                .isInstanceOf(StorageException.class)
                .hasMessage("The database " + url + " cannot be opened: Connection refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQL_ASCII", "LATIN1"})
    void database_thatIsNotUtf8_isRefusedWithTheCure(String encoding) {
        DatabaseServer other = server.createDatabase("encoding '" + encoding + "' template template0");
        List.<ThrowingCallable>of(() -> Database.open(other, PATIENCE), () -> Database.isEmpty(other))
                .forEach(opening -> assertThatThrownBy(opening)
                        .isInstanceOf(StorageException.class)
                        .hasMessage("The database " + other + " has the encoding " + encoding
                                + " and cannot hold every character; make one with encoding 'UTF8' template template0 in its place,"
                                + " and restore a backup into it if there is one"));
    }

    @Test
    void open_byManyAtOnce_makesTheTablesOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> nodes = Collections.nCopies(4, () -> {
                try (Database database = Database.open(address, PATIENCE)) {
                    return database.schemaVersion();
                }
            });
            Set<String> versions = new HashSet<>();
            for (Future<String> node : threads.invokeAll(nodes)) {
                versions.add(node.get());
            }
            assertThat(versions).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void open_refusesAWrongPassword_withoutTellingIt() {
        server.requirePasswords("owner", PASSWORD);
        server.execute("alter database " + address.url().replaceFirst(".*/", "") + " owner to owner");
        String wrong = secret("a wrong password of the database");
        DatabaseServer refused = new DatabaseServer(address.url(), "owner", wrong);
        assertThatThrownBy(() -> Database.open(refused, PATIENCE).close())
                .isInstanceOf(StorageException.class)
                .hasMessage("The database " + address.url()
                        + " cannot be opened: FATAL: password authentication failed for user \"owner\"")
                .hasToString("io.playgrant.storage.StorageException: The database " + address.url()
                        + " cannot be opened: FATAL: password authentication failed for user \"owner\"");
        Database.open(new DatabaseServer(address.url(), "owner", PASSWORD), PATIENCE)
                .close();
    }

    @Test
    void databaseServer_showsNoPassword() {
        DatabaseServer shown =
                new DatabaseServer("jdbc:postgresql://db/playgrant?sslmode=verify-full", "playgrant", PASSWORD);
        assertThat(shown).hasToString("jdbc:postgresql://db/playgrant");
    }

    @Test
    void failure_tellsNothingOfTheRow() {
        try (Database database = Database.open(address, PATIENCE)) {
            assertThatThrownBy(() -> database.inTransaction(
                            handle -> handle.execute("insert into installation (name, fact) values ('name', null)")))
                    .isInstanceOf(StorageException.class)
                    .hasStackTraceContaining("null value in column \"fact\"")
                    .satisfies(
                            e -> assertThat(e)
                                    .hasRootCauseMessage(
                                            "ERROR: null value in column \"fact\" of relation \"installation\" violates not-null constraint"));
        }
    }

    @Test
    void failureOfManyRows_tellsNothingOfThem() {
        String fact = secret("the fact of a row that is refused");
        try (Database database = Database.open(address, PATIENCE)) {
            assertThatThrownBy(() -> database.inTransaction(
                            handle -> handle.prepareBatch("insert into installation (name, fact) values (?, ?)")
                                    .add("one", fact)
                                    .add("one", fact)
                                    .execute()))
                    .isInstanceOf(StorageException.class)
                    .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(fact));
        }
    }

    @Test
    void open_refusesAHostThatHasNoAddress() {
        String url = "jdbc:postgresql://host.invalid/playgrant";
        assertThatThrownBy(() -> Database.open(new DatabaseServer(url, "playgrant", ""), PATIENCE)
                        .close())
                .isInstanceOf(StorageException.class)
                .hasMessage("The database " + url + " cannot be opened: there is no address for the host host.invalid");
    }

    @Test
    void open_overTls_believesTheGivenAuthorityOnly(@TempDir Path folder) throws IOException {
        TestCertificate certificate = TestCertificate.create();
        server.offerTls(certificate.pem(), certificate.keyPem());
        Path authority = Files.writeString(folder.resolve("db-ca.pem"), certificate.pem());
        try (Database database = Database.open(verifiedBy(authority), PATIENCE)) {
            assertThat(database.<Boolean>withHandle(
                            handle -> handle.createQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
                                    .mapTo(Boolean.class)
                                    .one()))
                    .isTrue();
        }
        Path other = Files.writeString(
                folder.resolve("other.pem"), TestCertificate.create().pem());
        assertThatThrownBy(() -> Database.open(verifiedBy(other), PATIENCE).close())
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The database " + address.url() + " cannot be opened: ");
    }

    private DatabaseServer verifiedBy(Path authority) {
        String url = address.url() + "?sslmode=verify-full&sslrootcert=" + authority;
        return new DatabaseServer(url, address.user(), address.password());
    }

    @Test
    void connections_sayWhoseTheyAre() {
        try (Database database = Database.open(address, PATIENCE)) {
            assertThat(database.<String>withHandle(
                            handle -> handle.createQuery("select current_setting('application_name')")
                                    .mapTo(String.class)
                                    .one()))
                    .isEqualTo("playgrant");
        }
    }

    @Test
    void serverThatHangs_isGivenUp_andUsedAgainWhenItGoesOn() {
        try (Database database = Database.open(address, PATIENCE)) {
            Installation installation = new Installation(database);
            installation.note("name", "fact");
            server.pause();
            try {
                assertThatThrownBy(() -> installation.fact("name")).isInstanceOf(StorageException.class);
                assertThatThrownBy(() -> installation.note("name", "fact")).isInstanceOf(StorageException.class);
            } finally {
                server.resume();
            }
            await().atMost(SOME_SECONDS)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(installation.fact("name")).contains("fact"));
        }
    }

    @Test
    void serverThatWasRestarted_isUsedAgain() {
        try (Database database = Database.open(address, PATIENCE)) {
            Installation installation = new Installation(database);
            installation.note("name", "fact");
            server.stop();
            assertThatThrownBy(() -> installation.fact("name")).isInstanceOf(StorageException.class);
            server.restart();
            await().atMost(SOME_SECONDS)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(installation.fact("name")).contains("fact"));
        }
    }

    @Test
    void statementThatTakesLong_isCutOffForServersOnly() {
        try (Database database = Database.open(address, PATIENCE);
                Database patient = Database.open(address, Database.NEWEST)) {
            assertThatThrownBy(() -> database.withHandle(handle -> handle.execute("select pg_sleep(2)")))
                    .isInstanceOf(StorageException.class);
            patient.withHandle(handle -> handle.execute("select pg_sleep(2)"));
        }
    }

    @Test
    void isEmpty_untilThereAreTables() {
        assertThat(Database.isEmpty(address)).isTrue();
        Database.open(address, PATIENCE).close();
        assertThat(Database.isEmpty(address)).isFalse();
        Database.clear(address);
        assertThat(Database.isEmpty(address)).isTrue();
    }
}
