package io.playgrant.storage;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/** Creates and changes the tables. If several processes do so at the same time, one works and the others wait. */
final class Migrations {

    /** Stands for the newest migration. */
    static final String NEWEST = "latest";

    private Migrations() {}

    /**
     * Applies pending migrations.
     *
     * @param schemaVersion the number of the last migration to apply, or {@link #NEWEST}
     * @throws FlywayException if the tables cannot be created or changed, or are those of another program or of a newer version
     */
    static void migrate(DataSource dataSource, String schemaVersion) {
        Flyway flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .target(schemaVersion)
                // Another process may take long.
                .lockRetryCount(-1)
                .load();
        if (schemaVersion.equals(NEWEST) && isFromTheFuture(flyway)) {
            throw new FlywayException("a newer version of Playgrant has done so already");
        }
        flyway.migrate();
    }

    /** Deletes the whole content of the database. */
    static void clear(DataSource dataSource) {
        Flyway.configure().dataSource(dataSource).cleanDisabled(false).load().clean();
    }

    private static boolean isFromTheFuture(Flyway flyway) {
        return Arrays.stream(flyway.info().all())
                .anyMatch(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS);
    }
}
