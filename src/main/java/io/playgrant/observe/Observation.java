package io.playgrant.observe;

import io.playgrant.config.Rooms;
import java.util.List;

/** Health and metrics of these rooms, shown on the management port until they are closed. */
public final class Observation implements AutoCloseable {

    private final Metrics metrics = new Metrics();
    private final DatabaseWatch database;
    private final CreditMeters credits;
    private final Health health;
    private final ManagementServer server;

    /**
     * Starts to watch and to show.
     *
     * @throws io.playgrant.config.SettingsException if the management port cannot be listened on
     */
    public Observation(Rooms rooms) {
        RoomMeters.bind(rooms, metrics.registry());
        database = new DatabaseWatch(rooms.database());
        credits = new CreditMeters(rooms.credits(), metrics.registry());
        health = new Health(List.of(
                new HealthCheck("database", true, database::problem),
                // The ring from before serves on: no reason to take the node away.
                new HealthCheck("ring", false, rooms.keyRing()::problem)));
        try {
            server = new ManagementServer(rooms.settings().management(), health, metrics);
        } catch (RuntimeException e) {
            closeWatches();
            throw e;
        }
    }

    /** What is measured. */
    public Metrics metrics() {
        return metrics;
    }

    /** Whether requests should come. */
    public Health health() {
        return health;
    }

    /** The port that all is shown on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        closeWatches();
    }

    private void closeWatches() {
        credits.close();
        database.close();
        metrics.close();
    }
}
