package io.playgrant.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** The database: an H2 file that several processes of this machine may have open. Tables are made and changed by the migrations. */
public final class Database implements AutoCloseable {

    /** How long a caller waits for a connection before it is told that the storage is out of reach. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int CONNECTIONS = 8;
    private static final String NAME = "playgrant";
    private static final String DRAFT = "playgrant-new";
    private static final String NEWEST = "latest";

    /** What H2 writes at least, in bytes. */
    private static final long SMALLEST_WRITE = 65_536;

    static {
        // Must be set before H2's first class is loaded: the shared server is for this machine only.
        System.setProperty("h2.bindAddress", "127.0.0.1");
    }

    private final HikariDataSource dataSource;
    private final Jdbi jdbi;

    private Database(HikariDataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbi = Jdbi.create(dataSource);
    }

    /**
     * Opens the embedded database in a folder, making or migrating it if need be.
     *
     * @throws StorageException if that cannot be done; a database that was not there before is not there then either
     */
    public static Database openEmbedded(Path folder) {
        return openEmbedded(folder, NEWEST);
    }

    /**
     * Opens the embedded database in a folder, making it with the tables of an older version of the program, or migrating it up to there.
     *
     * @param schemaVersion the number of the last migration that is to be applied; all are if it ends in a question mark and there is none of
     *     this number
     * @throws StorageException if that cannot be done
     */
    public static Database openEmbedded(Path folder, String schemaVersion) {
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
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setExceptionOverride(new ClosedDatabases());
        // AUTO_SERVER: the command line works beside the server. WRITE_DELAY: a committed row survives a killed
        // process. TRACE_LEVEL_FILE: no file that grows for ever.
        config.setJdbcUrl(
                "jdbc:h2:file:" + folder.toAbsolutePath().resolve(name)
                        + ";AUTO_SERVER=TRUE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        config.setUsername("playgrant");
        config.setPassword("");
        HikariDataSource dataSource;
        try {
            dataSource = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new StorageException("The database in " + folder + " cannot be opened: " + reason(e, folder), e);
        }
        try {
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations("classpath:db/migration")
                    .target(schemaVersion)
                    .load()
                    .migrate();
            return new Database(dataSource);
        } catch (FlywayException e) {
            dataSource.close();
            throw new StorageException("The database in " + folder + " cannot be migrated: " + reason(e, folder), e);
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

    /** Whether a database was made in this folder. */
    public static boolean existsIn(Path folder) {
        return Files.exists(file(folder, NAME));
    }

    /**
     * Does something with a connection.
     *
     * @throws StorageException if the database is out of reach or refuses it
     */
    public <T> T withHandle(HandleCallback<T, RuntimeException> work) {
        try {
            return jdbi.withHandle(work);
        } catch (JdbiException e) {
            throw new StorageException("The database failed: " + DatabaseFailure.reason(e), e);
        }
    }

    /**
     * Does something in one transaction.
     *
     * @throws StorageException if the database is out of reach or refuses it; nothing is changed then
     */
    public <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
        try {
            return jdbi.inTransaction(work);
        } catch (JdbiException e) {
            throw new StorageException("The database failed: " + DatabaseFailure.reason(e), e);
        }
    }

    /** Has the pool of connections measured; once at most. */
    public void measure(MetricsTrackerFactory meters) {
        dataSource.setMetricsTrackerFactory(meters);
    }

    /**
     * Reads in one transaction, for which everything stays as it was at its first statement.
     *
     * @throws StorageException if the database is out of reach or refuses it
     */
    public <T> T inSnapshot(HandleCallback<T, RuntimeException> work) {
        try {
            // Of the standard's levels the only one for which H2 keeps all tables as they were.
            return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
        } catch (JdbiException e) {
            throw new StorageException("The database failed: " + DatabaseFailure.reason(e), e);
        }
    }

    /**
     * The number of the last migration that was applied.
     *
     * @throws StorageException if the database is out of reach
     */
    public String schemaVersion() {
        return withHandle(
                handle -> handle.createQuery("""
                        select "version" from "flyway_schema_history"
                         where "success" and "version" is not null
                         order by "installed_rank" desc
                         limit 1
                        """).mapTo(String.class).findOne().orElse(""));
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
