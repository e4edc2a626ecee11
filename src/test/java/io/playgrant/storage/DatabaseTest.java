package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** What holds whatever the kind of database. */
@EachDatabase
class DatabaseTest {

    @Test
    void open_makesTheTables(TestDatabase databases) {
        try (Database database = databases.open()) {
            assertThat(tables(database))
                    .containsExactly(
                            "account",
                            "account_revision",
                            "audit",
                            "authenticator",
                            "credit",
                            "deleted_account",
                            "flyway_schema_history",
                            "idempotency_key",
                            "installation",
                            "node",
                            "operator",
                            "operator_address",
                            "operator_session",
                            "packager_key",
                            "queue_charge",
                            "record",
                            "record_block",
                            "redemption",
                            "redemption_reservation",
                            "request_time_hour",
                            "request_time_minute",
                            "revocation",
                            "revocation_revision",
                            "service_certificate",
                            "sign_in_failure",
                            "signer",
                            "stored_key",
                            "stored_key_change",
                            "stored_key_revision",
                            "usage_hour",
                            "usage_minute",
                            "usage_total");
            assertThat(migrations(database))
                    .containsExactly(
                            "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16");
        }
    }

    @Test
    void open_keepsWhatIsThere(TestDatabase databases) {
        try (Database database = databases.open()) {
            new Installation(database).note("name", "fact");
        }
        try (Database database = databases.open()) {
            assertThat(new Installation(database).fact("name")).contains("fact");
            assertThat(migrations(database))
                    .containsExactly(
                            "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16");
        }
    }

    @Test
    void open_canBeDoneTwiceInOneProcess(TestDatabase databases) {
        try (Database one = databases.open()) {
            try (Database two = databases.open()) {
                new Installation(one).note("one", "1");
                new Installation(two).note("two", "2");
                assertThat(new Installation(two).fact("one")).contains("1");
            }
            assertThat(new Installation(one).fact("two")).contains("2");
        }
    }

    @Test
    void open_mayStopAtAnOlderSchema_andIsMigratedLater(TestDatabase databases) {
        try (Database database = databases.open("1")) {
            assertThat(migrations(database)).containsExactly("1");
        }
        try (Database database = databases.open()) {
            assertThat(migrations(database)).startsWith("1", "2", "3", "4");
        }
    }

    @Test
    void open_refusesADatabaseOfAnotherHistory(TestDatabase databases) {
        try (Database database = databases.open()) {
            database.inTransaction(handle ->
                    handle.execute("update \"flyway_schema_history\" set \"checksum\" = 1 where \"version\" = '1'"));
        }
        assertThatThrownBy(() -> databases.open().close())
                .isInstanceOf(StorageException.class)
                .hasMessageMatching("The database .* cannot be migrated: .*");
    }

    @Test
    void withHandle_explainsWhatTheDatabaseRefuses(TestDatabase databases) {
        try (Database database = databases.open()) {
            assertThatThrownBy(() -> database.withHandle(handle -> handle.execute("select 1 from nowhere")))
                    .isInstanceOf(StorageException.class)
                    .hasMessageMatching("The database failed: .*\"nowhere\".* (not found|does not exist).*");
        }
    }

    @Test
    void withHandle_refusesWhenClosed(TestDatabase databases) {
        Database database = databases.open();
        database.close();
        assertThatThrownBy(() -> database.withHandle(handle -> handle.execute("select 1")))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The database failed: ");
        assertThatThrownBy(() -> database.inTransaction(handle -> handle.execute("select 1")))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("The database failed: ");
    }

    @Test
    void inTransaction_changesNothingWhenTheWorkFails(TestDatabase databases) {
        try (Database database = databases.open()) {
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
    void inTransaction_changesNothingWhenAStatementIsRefused(TestDatabase databases) {
        try (Database database = databases.open()) {
            assertThatThrownBy(() -> database.inTransaction(handle -> {
                        handle.execute("insert into installation (name, fact) values ('name', 'fact')");
                        return handle.execute("insert into installation (name, fact) values ('name', 'another')");
                    }))
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith("The database failed: ");
            assertThat(new Installation(database).fact("name")).isEmpty();
        }
    }

    @Test
    void open_refusesADatabaseOfANewerVersion(TestDatabase databases) {
        try (Database database = databases.open()) {
            database.inTransaction(handle -> handle.execute("""
                    insert into "flyway_schema_history"
                        ("installed_rank", "version", "description", "type", "script", "checksum", "installed_by", "execution_time", "success")
                    values (1000, '1000', 'later', 'SQL', 'V1000__later.sql', 1, 'playgrant', 0, true)
                    """));
        }
        assertThatThrownBy(() -> databases.open().close())
                .isInstanceOf(StorageException.class)
                .hasMessageMatching(
                        "The database .* cannot be migrated: a newer version of Playgrant has done so already");
    }

    @Test
    void inSnapshot_everythingStaysAsItWas(TestDatabase databases) {
        try (Database database = databases.open();
                Database other = databases.open()) {
            Installation installation = new Installation(other);
            installation.note("one", "1");
            List<Integer> seen = database.inSnapshot(handle -> {
                int before = facts(handle);
                installation.note("two", "2");
                return List.of(before, facts(handle));
            });
            assertThat(seen).containsExactly(1, 1);
            assertThat(database.<Integer>withHandle(DatabaseTest::facts)).isEqualTo(2);
        }
    }

    @Test
    void nextNumber_isNotTaken(TestDatabase databases) {
        try (Database database = databases.open()) {
            assertThat(database.<Long>withHandle(DatabaseTest::takeNumber)).isEqualTo(1001);
            assertThat(database.<Long>withHandle(handle -> database.nextNumber(handle, "account_number")))
                    .isEqualTo(1002);
            assertThat(database.<Long>withHandle(DatabaseTest::takeNumber)).isEqualTo(1002);
            database.withHandle(handle -> handle.execute("alter sequence account_number restart with 2000"));
            assertThat(database.<Long>withHandle(handle -> database.nextNumber(handle, "account_number")))
                    .isEqualTo(2000);
        }
    }

    @Test
    void twoThatWaitForEachOther_areToldSo(TestDatabase databases) throws Exception {
        try (Database database = databases.open()) {
            new Installation(database).note("one", "1");
            new Installation(database).note("two", "2");
            CyclicBarrier both = new CyclicBarrier(2);
            List<Boolean> done = atOnce(List.<Callable<Boolean>>of(
                    () -> touch(database, both, "one", "two"), () -> touch(database, both, "two", "one")));
            assertThat(done).contains(true);
            assertThat(done).contains(false);
        }
    }

    /** Whether both rows could be changed. */
    private static boolean touch(Database database, CyclicBarrier both, String first, String second) {
        try {
            database.inTransaction(handle -> {
                handle.execute("update installation set fact = fact where name = ?", first);
                try {
                    both.await();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                return handle.execute("update installation set fact = fact where name = ?", second);
            });
            return true;
        } catch (StorageException e) {
            return false;
        }
    }

    private static int facts(Handle handle) {
        return handle.createQuery("select count(*) from installation")
                .mapTo(Integer.class)
                .one();
    }

    private static long takeNumber(Handle handle) {
        return handle.createQuery("select nextval('account_number')")
                .mapTo(Long.class)
                .one();
    }

    private static <T> List<T> atOnce(List<Callable<T>> all) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> one : threads.invokeAll(all)) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Set<String> tables(Database database) {
        return database.withHandle(handle -> new TreeSet<>(handle.createQuery(
                        "select table_name from information_schema.tables where table_schema = current_schema")
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
