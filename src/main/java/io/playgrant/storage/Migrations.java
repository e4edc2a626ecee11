package io.playgrant.storage;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/** Makes and changes the tables. Several processes may do so at the same time: one does, the others wait. */
final class Migrations {

    /** The last migration that there is. */
    static final String NEWEST = "latest";

    private Migrations() {}

    /**
     * Applies what was not applied yet.
     *
     * @param schemaVersion the number of the last migration to apply, or {@link #NEWEST}
     * @throws FlywayException if the tables cannot be made or changed, are not those of this program, or those of a newer version
     */
    static void migrate(DataSource dataSource, String schemaVersion) {
        Flyway flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .target(schemaVersion)
                // Another process may take its time.
                .lockRetryCount(-1)
                .load();
        if (schemaVersion.equals(NEWEST) && isFromTheFuture(flyway)) {
            throw new FlywayException("a newer version of Playgrant has done so already");
        }
        flyway.migrate();
    }

    /** Takes all away that the database holds. */
    static void clear(DataSource dataSource) {
        Flyway.configure().dataSource(dataSource).cleanDisabled(false).load().clean();
    }

    private static boolean isFromTheFuture(Flyway flyway) {
        return Arrays.stream(flyway.info().all())
                .anyMatch(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS);
    }
}
