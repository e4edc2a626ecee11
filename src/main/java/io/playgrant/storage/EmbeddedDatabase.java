package io.playgrant.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An H2 file that several processes of this machine may have open. */
final class EmbeddedDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private static final String NAME = "playgrant";
    private static final String DRAFT = "playgrant-new";

    /** What H2 writes at least, in bytes. */
    private static final long SMALLEST_WRITE = 65_536;

    private static final Duration WITHOUT_A_WORD = Duration.ofSeconds(5);

    /** How long others may come first, each of which takes it by writing the lock file anew. */
    private static final Duration TURN = Duration.ofSeconds(20);

    private static final Pattern NOT_ITS_TURN =
            Pattern.compile("Lock file recently modified|Locked by another process");
    private static final Duration PAUSE = Duration.ofMillis(50);

    static {
        // Must be set before H2's first class is loaded: the shared server is for this machine only.
        System.setProperty("h2.bindAddress", "127.0.0.1");
    }

    private EmbeddedDatabase() {}

    static boolean existsIn(Path folder) {
        return Files.exists(file(folder, NAME));
    }

    static Database open(Path folder, String schemaVersion) {
        if (!existsIn(folder)) {
            make(folder, schemaVersion);
        }
        return open(folder, NAME, schemaVersion);
    }

    /** Made aside, then moved: of one that was being made when the disk was full or the process killed, nothing can be used. */
    private static void make(Path folder, String schemaVersion) {
        Path draft = file(folder, DRAFT);
        try {
            Files.deleteIfExists(draft);
            try {
                open(folder, DRAFT, schemaVersion).close();
                Files.move(draft, file(folder, NAME), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
                // Left behind when not even the lock could be written.
                Files.deleteIfExists(folder.resolve(DRAFT + ".lock.db"));
            }
        } catch (IOException e) {
            throw new StorageException(
                    "The database in " + folder + " cannot be made: " + StorageException.reason(e), e);
        }
    }

    private static Database open(Path folder, String name, String schemaVersion) {
        ConnectionPool pool = new ConnectionPool();
        pool.setExceptionOverride(new ClosedDatabases());
        // AUTO_SERVER: the command line works beside the server. WRITE_DELAY: a committed row survives a killed
        // process. TRACE_LEVEL_FILE: no file that grows for ever.
        pool.setJdbcUrl(
                "jdbc:h2:file:" + folder.toAbsolutePath().resolve(name)
                        + ";AUTO_SERVER=TRUE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        pool.setUsername("playgrant");
        pool.setPassword("");
        HikariDataSource dataSource;
        try {
            dataSource = connect(pool, folder);
        } catch (RuntimeException e) {
            throw new StorageException("The database in " + folder + " cannot be opened: " + reason(e, folder), e);
        }
        try {
            Migrations.migrate(dataSource, schemaVersion);
            return new Database(dataSource, Dialect.H2);
        } catch (FlywayException e) {
            dataSource.close();
            throw new StorageException("The database in " + folder + " cannot be migrated: " + reason(e, folder), e);
        }
    }

    /** Waits as long as it takes, as after a crash a large file takes its time, but not without a word. */
    private static HikariDataSource connect(ConnectionPool pool, Path folder) {
        // An error, as commands tell of nothing less.
        CompletableFuture<Void> word = CompletableFuture.runAsync(
                () -> LOG.error(
                        "The database in {} is waited for; maybe another process has it open and does not answer",
                        folder),
                CompletableFuture.delayedExecutor(WITHOUT_A_WORD.toMillis(), TimeUnit.MILLISECONDS));
        try {
            return connectInTurn(pool);
        } finally {
            word.cancel(false);
        }
    }

    /** Of processes that open it in the same moment, H2 turns some away. */
    private static HikariDataSource connectInTurn(ConnectionPool pool) {
        long end = System.nanoTime() + TURN.toNanos();
        while (true) {
            try {
                return new HikariDataSource(pool);
            } catch (RuntimeException e) {
                if (!NOT_ITS_TURN.matcher(DatabaseFailure.reason(e)).find() || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** What H2 says of a full disk is sometimes only what came of it. */
    private static String reason(Exception failure, Path folder) {
        String reason = DatabaseFailure.reason(failure);
        try {
            return Files.getFileStore(folder).getUsableSpace() < SMALLEST_WRITE && !reason.contains("space")
                    ? reason + ", and no space is left on its disk"
                    : reason;
        } catch (IOException e) {
            return reason;
        }
    }

    private static Path file(Path folder, String name) {
        return folder.resolve(name + ".mv.db");
    }
}
