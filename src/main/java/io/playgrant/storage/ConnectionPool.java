package io.playgrant.storage;

import com.zaxxer.hikari.HikariConfig;
import java.time.Duration;

/** A pool of connections, whatever the database. */
final class ConnectionPool extends HikariConfig {

    /** How long a caller waits for a connection before it is told that the storage is out of reach. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration VALIDATION = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 8;

    ConnectionPool() {
        setPoolName("database");
        setMaximumPoolSize(CONNECTIONS);
        setMinimumIdle(1);
        setConnectionTimeout(PATIENCE.toMillis());
        setValidationTimeout(VALIDATION.toMillis());
    }
}
