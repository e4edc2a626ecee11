package io.playgrant.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The database: an H2 file that several processes of this machine may have open. Tables are made and changed by the migrations. */
public final class Database implements AutoCloseable {

    /** How long a caller waits for a connection before it is told that the storage is out of reach. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int CONNECTIONS = 8;
    private static final String NAME = "playgrant";

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
     * @throws StorageException if that cannot be done
     */
    public static Database openEmbedded(Path folder) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        // AUTO_SERVER: the command line works beside the server. WRITE_DELAY: a committed row survives a killed
        // process. TRACE_LEVEL_FILE: no file that grows for ever.
        config.setJdbcUrl(
                "jdbc:h2:file:" + folder.toAbsolutePath().resolve(NAME)
                        + ";AUTO_SERVER=TRUE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        config.setUsername("playgrant");
        config.setPassword("");
        HikariDataSource dataSource;
        try {
            dataSource = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new StorageException("The database in " + folder + " cannot be opened: " + rootMessage(e), e);
        }
        try {
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return new Database(dataSource);
        } catch (FlywayException e) {
            dataSource.close();
            throw new StorageException("The database in " + folder + " cannot be migrated: " + e.getMessage(), e);
        }
    }

    /** Whether a database was made in this folder. */
    public static boolean existsIn(Path folder) {
        return Files.exists(folder.resolve(NAME + ".mv.db"));
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
            throw new StorageException("The database failed: " + rootMessage(e), e);
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
            throw new StorageException("The database failed: " + rootMessage(e), e);
        }
    }

    @Override
    public void close() {
        dataSource.close();
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
