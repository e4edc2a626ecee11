package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind PgBouncer in transaction mode, as {@code docs/operations/postgresql.md} tells to set it up. */
class PgBouncerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int THREADS = 6;

    @TempDir
    static Path folder;

    private static PgBouncer pgBouncer;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private DatabaseServer direct;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(PgBouncer.program().isPresent(), "there is no pgbouncer on the path");
        pgBouncer = PgBouncer.start(folder, PostgresServer.shared().port(), "default_pool_size = 10");
    }

    @AfterAll
    static void stop() throws Exception {
        if (pgBouncer != null) {
            pgBouncer.close();
        }
    }

    @BeforeEach
    void createDatabase() {
        direct = PostgresServer.newDatabase();
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void preparedStatements_areRefusedWithTheCure() {
        DatabaseServer pooled = pgBouncer.database(direct, "");
        assertThatThrownBy(() -> Database.open(pooled, PATIENCE))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "The database " + pooled + " cannot be used: a pooler such as PgBouncer is in between and pools"
                                + " transactions: add prepareThreshold=0 to the parameters of PLAYGRANT_DATABASE_URL");
    }

    @Test
    void withoutPreparedStatements_nodesMakeTheTablesTogether() throws Exception {
        DatabaseServer pooled = pgBouncer.database(direct, "?prepareThreshold=0");
        List<Callable<String>> nodes = Collections.nCopies(4, () -> {
            try (Database database = Database.open(pooled, PATIENCE)) {
                return database.schemaVersion();
            }
        });
        for (Future<String> node : threads.invokeAll(nodes)) {
            assertThat(node.get()).isNotEmpty();
        }
    }

    @Test
    void snapshots_areOfTheirTransaction_whateverSessionItIsIn(@TempDir Path other) throws Exception {
        DatabaseServer migrated = PostgresServer.newMigratedDatabase();
        // Fewer sessions than threads, so that transactions of a connection are in different ones.
        try (PgBouncer small = PgBouncer.start(other, PostgresServer.shared().port(), "default_pool_size = 3");
                Database database = Database.open(small.database(migrated, "?prepareThreshold=0"), PATIENCE)) {
            List<Callable<List<String>>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String name = "thread " + thread;
                work.add(() -> levels(database, name));
            }
            for (Future<List<String>> levels : threads.invokeAll(work)) {
                assertThat(levels.get())
                        .isEqualTo(Collections.nCopies(50, "read committed, repeatable read, read committed"));
            }
            assertThat(new Installation(database).fact("thread 0 49")).contains("fact");
        }
    }

    /** The isolation of transactions one after the other, of which the second is a snapshot. */
    private static List<String> levels(Database database, String name) {
        Installation installation = new Installation(database);
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            installation.note(name + " " + i, "fact");
            levels.add(String.join(
                    ", ",
                    database.inTransaction(PgBouncerTest::level),
                    database.inSnapshot(PgBouncerTest::level),
                    database.inTransaction(PgBouncerTest::level)));
        }
        return levels;
    }

    private static String level(Handle handle) {
        return handle.createQuery("show transaction_isolation")
                .mapTo(String.class)
                .one();
    }
}
