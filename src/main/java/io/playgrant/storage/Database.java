package io.playgrant.storage;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database: an embedded one in a folder, or one on a server. Tables are made and changed by the migrations. */
public final class Database implements AutoCloseable {

    /** The last version of the tables that there is. */
    public static final String NEWEST = Migrations.NEWEST;

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** How long the end of its connections may take. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final HikariDataSource dataSource;
    private final Dialect dialect;
    private final Jdbi jdbi;

    Database(HikariDataSource dataSource, Dialect dialect) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.jdbi = Jdbi.create(dataSource);
        // Otherwise a failure quotes what was to be written.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    }

    /**
     * Opens the embedded database in a folder, making or migrating it if need be.
     *
     * @throws StorageException if that cannot be done; a database that was not there before is not there then either
     */
    public static Database openEmbedded(Path folder) {
        return openEmbedded(folder, Migrations.NEWEST);
    }

    /**
     * Opens the embedded database in a folder, making it with the tables of an older version of the program, or migrating it up to there.
     *
     * @param schemaVersion the number of the last migration that is to be applied; all are if it ends in a question mark and there is none of
     *     this number
     * @throws StorageException if that cannot be done
     */
    public static Database openEmbedded(Path folder, String schemaVersion) {
        return EmbeddedDatabase.open(folder, schemaVersion);
    }

    /** Whether an embedded database was made in this folder. */
    public static boolean existsIn(Path folder) {
        return EmbeddedDatabase.existsIn(folder);
    }

    /**
     * Opens a database on a server, making or migrating its tables if need be, however long that takes.
     *
     * @param patience how long a statement may take, in whole seconds, before the connection is given up
     * @throws StorageException if that cannot be done
     */
    public static Database open(DatabaseServer server, Duration patience) {
        return PostgresDatabase.open(server, patience, Migrations.NEWEST);
    }

    /**
     * Opens a database on a server as {@link #openEmbedded(Path, String)} does an embedded one; statements may take any time.
     *
     * @throws StorageException if that cannot be done
     */
    public static Database open(DatabaseServer server, String schemaVersion) {
        return PostgresDatabase.open(server, PostgresDatabase.ANY, schemaVersion);
    }

    /**
     * Whether a database on a server has no tables.
     *
     * @throws StorageException if it is out of reach
     */
    public static boolean isEmpty(DatabaseServer server) {
        return PostgresDatabase.isEmpty(server);
    }

    /**
     * Takes all away that a database on a server holds.
     *
     * @throws StorageException if that cannot be done
     */
    public static void clear(DatabaseServer server) {
        PostgresDatabase.clear(server);
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
            return dialect.inSnapshot(jdbi, work);
        } catch (JdbiException e) {
            throw new StorageException("The database failed: " + DatabaseFailure.reason(e), e);
        }
    }

    /**
     * Tells the database that a table has grown much. Until it knows, it may look for rows as one does in a small one.
     *
     * @throws StorageException if the database is out of reach
     */
    public void analyze(String table) {
        withHandle(handle -> {
            dialect.analyze(handle, table);
            return null;
        });
    }

    /** The number that a sequence gives next; it is not taken. */
    public long nextNumber(Handle handle, String sequence) {
        return dialect.nextNumber(handle, sequence);
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

    /** Lets go of it. Statements that are under way are waited for, but not for ever: those of a database that hangs do not end. */
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
            LOG.warn("The database does not answer the end of its connections");
        }
    }
}
