package io.playgrant.storage;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database: an embedded one in a folder, or one on a PostgreSQL server. The migrations create and change its tables. */
public final class Database implements AutoCloseable {

    /** The newest version of the tables. */
    public static final String NEWEST = Migrations.NEWEST;

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** How long closing the connections may take. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final HikariDataSource dataSource;
    private final Dialect dialect;
    private final Jdbi jdbi;

    Database(HikariDataSource dataSource, Dialect dialect) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.jdbi = Jdbi.create(dataSource);
        // Otherwise exceptions would quote the values to be written.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    }

    /**
     * Opens the embedded database in a folder, and creates or migrates it if necessary.
     *
     * @throws StorageException if that fails; then no new database was created
     */
    public static Database openEmbedded(Path folder) {
        return openEmbedded(folder, Migrations.NEWEST);
    }

    /**
     * Opens the embedded database in a folder, and creates or migrates it up to the tables of an older version of the program.
     *
     * @param schemaVersion the number of the last migration to apply; if it ends in a question mark and there is no migration with this
     *     number, all are applied
     * @throws StorageException if that fails
     */
    public static Database openEmbedded(Path folder, String schemaVersion) {
        return EmbeddedDatabase.open(folder, schemaVersion);
    }

    /** Whether this folder contains an embedded database. */
    public static boolean existsIn(Path folder) {
        return EmbeddedDatabase.existsIn(folder);
    }

    /**
     * Opens a database on a server, and creates or migrates its tables if necessary, without a time limit.
     *
     * @param timeout how long a statement may take, in whole seconds, before the connection is given up
     * @throws StorageException if that fails
     */
    public static Database open(DatabaseServer server, Duration timeout) {
        return PostgresDatabase.open(server, timeout, Migrations.NEWEST);
    }

    /**
     * Opens a database on a server as {@link #openEmbedded(Path, String)} does an embedded one; statements have no time limit.
     *
     * @throws StorageException if that fails
     */
    public static Database open(DatabaseServer server, String schemaVersion) {
        return PostgresDatabase.open(server, PostgresDatabase.ANY, schemaVersion);
    }

    /**
     * Whether a database on a server has no tables.
     *
     * @throws StorageException if it is unreachable
     */
    public static boolean isEmpty(DatabaseServer server) {
        return PostgresDatabase.isEmpty(server);
    }

    /**
     * Deletes the whole content of a database on a server.
     *
     * @throws StorageException if that fails
     */
    public static void clear(DatabaseServer server) {
        PostgresDatabase.clear(server);
    }

    /**
     * Runs a function with a connection. As all access to the database, it refuses threads that must not wait, see {@link
     * NonBlockingThreads}.
     *
     * @throws StorageException if the database is unreachable or refuses a statement
     */
    public <T> T withHandle(HandleCallback<T, RuntimeException> work) {
        NonBlockingThreads.refuseCurrent();
        try {
            return jdbi.withHandle(work);
        } catch (JdbiException e) {
            throw new StorageException("The database failed: " + DatabaseFailure.reason(e), e);
        }
    }

    /**
     * Runs a function in one transaction.
     *
     * @throws StorageException if the database is unreachable or refuses a statement; then nothing is changed
     */
    public <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
        NonBlockingThreads.refuseCurrent();
        try {
            return jdbi.inTransaction(work);
        } catch (JdbiException e) {
            throw new StorageException("The database failed: " + DatabaseFailure.reason(e), e);
        }
    }

    /** Registers the metrics of the connection pool. Call it at most once. */
    public void measure(MetricsTrackerFactory meters) {
        dataSource.setMetricsTrackerFactory(meters);
    }

    /**
     * Reads a consistent snapshot in one transaction.
     *
     * @throws StorageException if the database is unreachable or refuses a statement
     */
    public <T> T inSnapshot(HandleCallback<T, RuntimeException> work) {
        NonBlockingThreads.refuseCurrent();
        try {
            return dialect.inSnapshot(jdbi, work);
        } catch (JdbiException e) {
            throw new StorageException("The database failed: " + DatabaseFailure.reason(e), e);
        }
    }

    /**
     * Updates the statistics of a table that has grown much. Without them, the database may use a query plan for a small table.
     *
     * @throws StorageException if the database is unreachable
     */
    public void analyze(String table) {
        withHandle(handle -> {
            dialect.analyze(handle, table);
            return null;
        });
    }

    /**
     * A table of counts.
     *
     * @param key the columns of its primary key
     * @param counts the columns of its counts
     */
    public CountTable counts(String table, List<String> key, List<String> counts) {
        return new CountTable(dialect, table, key, counts);
    }

    /** The next number of a sequence, without taking it. */
    public long nextNumber(Handle handle, String sequence) {
        return dialect.nextNumber(handle, sequence);
    }

    /**
     * The number of the last migration that was applied.
     *
     * @throws StorageException if the database is unreachable
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

    /** Closes the connections. Waits for running statements up to a limit, because those of a hanging database never end. */
    @Override
    public void close() {
        Thread closing = new Thread(dataSource::close, "database-end");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(FAREWELL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            LOG.warn("The database does not respond while its connections are closed");
        }
    }
}
