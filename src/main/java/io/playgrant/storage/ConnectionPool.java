package io.playgrant.storage;

import com.zaxxer.hikari.HikariConfig;
import java.time.Duration;

/** The common settings of connection pools for all kinds of database. */
final class ConnectionPool extends HikariConfig {

    /** How long a caller waits for a connection. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Duration VALIDATION = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 8;

    ConnectionPool() {
        setPoolName("database");
        setMaximumPoolSize(CONNECTIONS);
        setMinimumIdle(1);
        setConnectionTimeout(TIMEOUT.toMillis());
        setValidationTimeout(VALIDATION.toMillis());
    }
}
