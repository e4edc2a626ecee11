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

/** An H2 file that several processes of this machine may open at the same time. */
final class EmbeddedDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private static final String NAME = "playgrant";
    private static final String DRAFT = "playgrant-new";

    /** The smallest write of H2, in bytes. */
    private static final long SMALLEST_WRITE = 65_536;

    private static final Duration SILENT_WAIT = Duration.ofSeconds(5);

    /** How long to retry while other processes open the file first and rewrite the lock file. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(20);

    private static final Pattern LOCK_CONTENTION =
            Pattern.compile("Lock file recently modified|Locked by another process");
    private static final Duration RETRY_PAUSE = Duration.ofMillis(50);

    static {
        // Must be set before H2's first class is loaded: only this machine may reach H2's server.
        System.setProperty("h2.bindAddress", "127.0.0.1");
    }

    private EmbeddedDatabase() {}

    static boolean existsIn(Path folder) {
        return Files.exists(file(folder, NAME));
    }

    static Database open(Path folder, String schemaVersion) {
        if (!existsIn(folder)) {
            create(folder, schemaVersion);
        }
        return open(folder, NAME, schemaVersion);
    }

    /** Creates the database under a temporary name, then moves it: a database whose creation was interrupted is unusable. */
    private static void create(Path folder, String schemaVersion) {
        Path draft = file(folder, DRAFT);
        try {
            Files.deleteIfExists(draft);
            try {
                open(folder, DRAFT, schemaVersion).close();
                Files.move(draft, file(folder, NAME), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
                // Remains if not even the lock could be written.
                Files.deleteIfExists(folder.resolve(DRAFT + ".lock.db"));
            }
        } catch (IOException e) {
            throw new StorageException(
                    "The database in " + folder + " cannot be created: " + StorageException.reason(e), e);
        }
    }

    private static Database open(Path folder, String name, String schemaVersion) {
        ConnectionPool pool = new ConnectionPool();
        pool.setExceptionOverride(new ClosedDatabases());
        // AUTO_SERVER: commands work while the server is running. WRITE_DELAY: committed rows survive if the process is
        // killed. TRACE_LEVEL_FILE: no trace file, which would grow for ever.
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

    /** Waits without a limit, because recovering a large file after a crash takes long, but logs that it waits. */
    private static HikariDataSource connect(ConnectionPool pool, Path folder) {
        // An error, because commands log nothing less.
        CompletableFuture<Void> word = CompletableFuture.runAsync(
                () -> LOG.error(
                        "Still waiting for the database in {}; another process may have it open and not respond",
                        folder),
                CompletableFuture.delayedExecutor(SILENT_WAIT.toMillis(), TimeUnit.MILLISECONDS));
        try {
            return connectInTurn(pool);
        } finally {
            word.cancel(false);
        }
    }

    /** Retries, because H2 refuses some of the processes that open the file at the same moment. */
    private static HikariDataSource connectInTurn(ConnectionPool pool) {
        long end = System.nanoTime() + LOCK_TIMEOUT.toNanos();
        while (true) {
            try {
                return new HikariDataSource(pool);
            } catch (RuntimeException e) {
                if (!LOCK_CONTENTION.matcher(DatabaseFailure.reason(e)).find() || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_PAUSE.toNanos());
            }
        }
    }

    /** The reason, with a hint at a full disk, of which H2 sometimes reports only a consequence. */
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
