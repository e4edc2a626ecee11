package io.playgrant.observe;

import io.playgrant.app.Application;
import io.playgrant.config.Settings;
import io.playgrant.keystore.HeldKeyRewrap;
import io.playgrant.record.RecordWriter;
import io.playgrant.tls.TlsFiles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serves health and metrics of the application on the management port, until it is closed. */
public final class ManagementEndpoint implements AutoCloseable {

    private final Metrics metrics = new Metrics();
    private final DatabaseWatch database;
    private final CreditMeters credits;
    private final RequestTimeRecorder requestTimes;
    private final Health health;
    private final @Nullable ManagementPages pages;
    private final ManagementServer server;

    /**
     * Starts the checks and the server.
     *
     * @param tls the server's certificate, if it speaks TLS
     * @param opener opens pages that are served on the same port, if any
     * @throws io.playgrant.config.SettingsException if the server cannot listen on the management port
     */
    public ManagementEndpoint(
            Application application, @Nullable TlsFiles tls, ManagementPages.@Nullable Opener opener) {
        RoomMeters.bind(application, metrics.registry());
        database = new DatabaseWatch(application.database(), application.clock(), application.schedule());
        credits = new CreditMeters(application.credits(), metrics.registry(), application.schedule());
        requestTimes = new RequestTimeRecorder(
                metrics, application.requestTimes(), application.clock(), application.schedule());
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(new HealthCheck("database", true, database::problem));
        // The previous ring or certificate remains in use, so these checks do not affect readiness.
        checks.add(new HealthCheck("ring", false, application.keyRing()::problem));
        checks.add(new HealthCheck("storage-ring", false, application.storageRing()::problem));
        if (tls != null) {
            checks.add(new HealthCheck("certificate", false, tls::problem));
        }
        health = new Health(checks);
        try {
            pages = opener == null ? null : opener.open(health);
            Settings.Management settings = application.settings().management();
            server = new ManagementServer(settings, health, metrics, settings.tls() ? tls : null, pages);
        } catch (RuntimeException e) {
            closeWatches();
            throw e;
        }
    }

    /** Adds the metrics and the check of the records. */
    public void watch(RecordWriter records) {
        RecordMeters.bind(records, metrics.registry());
        health.watch("records", records::problem);
    }

    /** Adds the metric and the check of the wrapping of held keys. */
    public void watch(HeldKeyRewrap rewrap) {
        RoomMeters.bind(rewrap, metrics.registry());
        health.watch("held-keys", rewrap::problem);
    }

    /** The metrics. */
    public Metrics metrics() {
        return metrics;
    }

    /** The health of this node. */
    public Health health() {
        return health;
    }

    /** The port of the server. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        if (pages != null) {
            pages.close();
        }
        closeWatches();
    }

    private void closeWatches() {
        requestTimes.close();
        credits.close();
        database.close();
        metrics.close();
    }
}
