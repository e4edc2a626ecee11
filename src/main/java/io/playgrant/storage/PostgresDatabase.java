package io.playgrant.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** A database on a PostgreSQL server, which several nodes share. */
final class PostgresDatabase {

    /** No time limit. */
    static final Duration ANY = Duration.ZERO;

    /** Parameters of the driver; those of the URL override them. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "ApplicationName",
            "playgrant",
            "tcpKeepAlive",
            "true",
            // To connect and to log in, in seconds.
            "connectTimeout",
            "2",
            "loginTimeout",
            "2",
            // The details may contain whole rows, which must not be logged.
            "logServerErrorDetail",
            "false");

    private PostgresDatabase() {}

    static Database open(DatabaseServer server, Duration timeout, String schemaVersion) {
        PooledTransactions.refuse(server, PARAMETERS);
        migrate(server, schemaVersion);
        return new Database(connect(server, timeout), Dialect.POSTGRESQL);
    }

    private static void migrate(DatabaseServer server, String schemaVersion) {
        try (HikariDataSource pool = connect(server, ANY)) {
            Migrations.migrate(pool, schemaVersion);
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failure(server, "migrated", e);
        }
    }

    static boolean isEmpty(DatabaseServer server) {
        try (HikariDataSource pool = connect(server, ANY)) {
            return Jdbi.create(pool)
                    .withHandle(handle -> handle.createQuery(
                                    "select count(*) from information_schema.tables where table_schema = current_schema")
                            .mapTo(Long.class)
                            .one())
                    .equals(0L);
        }
    }

    static void clear(DatabaseServer server) {
        try (HikariDataSource pool = connect(server, ANY)) {
            Migrations.clear(pool);
        }
    }

    private static HikariDataSource connect(DatabaseServer server, Duration timeout) {
        ConnectionPool pool = new ConnectionPool();
        pool.setJdbcUrl(server.url());
        pool.setUsername(server.user());
        pool.setPassword(server.password());
        PARAMETERS.forEach(pool::addDataSourceProperty);
        pool.addDataSourceProperty("socketTimeout", Long.toString(timeout.toSeconds()));
        try {
            return checked(server, new HikariDataSource(pool));
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failure(server, "opened", e);
        }
    }

    /** In encodings other than UTF-8, some characters of names and cookies cannot be stored, or are changed. */
    private static HikariDataSource checked(DatabaseServer server, HikariDataSource database) {
        String encoding;
        try {
            encoding = Jdbi.create(database)
                    .withHandle(handle -> handle.createQuery("show server_encoding")
                            .mapTo(String.class)
                            .one());
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        if (!encoding.equals("UTF8")) {
            database.close();
            throw new StorageException("The database " + server + " has the encoding " + encoding
                    + " and cannot hold every character; make one with encoding 'UTF8' template template0 in its place, and restore a"
                    + " backup into it if there is one");
        }
        return database;
    }

    private static StorageException failure(DatabaseServer server, String what, RuntimeException e) {
        return new StorageException(
                "The database " + server + " cannot be " + what + ": " + DatabaseFailure.reason(e), e);
    }
}
