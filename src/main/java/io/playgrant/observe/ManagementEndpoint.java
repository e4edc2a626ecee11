package io.playgrant.observe;

import io.playgrant.app.Application;
import io.playgrant.record.RecordWriter;
import io.playgrant.tls.TlsFiles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Health and metrics of these rooms, shown on the management port until they are closed. */
public final class ManagementEndpoint implements AutoCloseable {

    private final Metrics metrics = new Metrics();
    private final DatabaseWatch database;
    private final CreditMeters credits;
    private final Health health;
    private final ManagementServer server;

    /**
     * Starts to watch and to show.
     *
     * @param tls the server's certificate, if it speaks TLS
     * @throws io.playgrant.config.SettingsException if the management port cannot be listened on
     */
    public ManagementEndpoint(Application application, @Nullable TlsFiles tls) {
        RoomMeters.bind(application, metrics.registry());
        database = new DatabaseWatch(application.database(), application.clock(), application.schedule());
        credits = new CreditMeters(application.credits(), metrics.registry(), application.schedule());
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(new HealthCheck("database", true, database::problem));
        // What was there before serves on: no reason to take the node away.
        checks.add(new HealthCheck("ring", false, application.keyRing()::problem));
        if (tls != null) {
            checks.add(new HealthCheck("certificate", false, tls::problem));
        }
        health = new Health(checks);
        try {
            server = new ManagementServer(application.settings().management(), health, metrics);
        } catch (RuntimeException e) {
            closeWatches();
            throw e;
        }
    }

    /** Shows how far the records are. */
    public void watch(RecordWriter records) {
        RecordMeters.bind(records, metrics.registry());
        health.watch("records", records::problem);
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
