package io.playgrant.license.cloud;

import io.playgrant.account.Environment;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.FailureTrace;
import io.playgrant.error.TokenException;
import io.playgrant.license.cloud.CertificateTable.Owner;
import io.playgrant.license.cloud.CertificateTable.Row;
import io.playgrant.storage.Database;
import io.playgrant.storage.NonBlockingThreads;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service certificates, one for each environment and provider, which all servers share through the database. They are served from
 * memory. A poller reads them again every minute, because another server may have stored a new one, and fetches them again once they are a
 * day old. If that fails, the old one stays in use.
 */
public final class ServiceCertificates implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceCertificates.class);

    private static final Duration LIFETIME = Duration.ofDays(1);

    /** The time between two reads of the database, and between two attempts to fetch an old certificate. */
    private static final Duration READ_INTERVAL = Duration.ofMinutes(1);

    private static final Duration TURN = Duration.ofMinutes(5);

    /** How long a failure to fetch the first certificate is the answer to all who wait for it. */
    private static final Duration FAILURE_LIFETIME = Duration.ofSeconds(5);

    /** The time between two reads because of an unknown serial number, which anybody can send. */
    private static final Duration UNKNOWN_INTERVAL = Duration.ofSeconds(1);

    private final CertificateTable table;
    private final Source source;
    private final Clock clock;
    private final Map<Owner, Entry> entries = new ConcurrentHashMap<>();
    private final Poller poller;

    /** Fetches a certificate from the licence service. */
    @FunctionalInterface
    public interface Source {

        /**
         * Fetches the certificate, and waits for it.
         *
         * @throws TokenException {@link ErrorCode#LICENSE_GENERATION_FAILED} if that fails
         */
        ServiceCertificate fetch(CloudProvider provider);
    }

    /** A certificate in memory, or none yet. Guarded by itself, except what is volatile. */
    private static final class Entry {

        private volatile CloudProvider provider;
        private volatile @Nullable Row row;
        private Instant readAt = Instant.MIN;
        private Instant failedAt = Instant.MIN;
        private @Nullable TokenException failure;

        Entry(CloudProvider provider) {
            this.provider = provider;
        }
    }

    /** The certificates in a database. */
    public ServiceCertificates(Database database, Source source, Clock clock, Schedule schedule) {
        this.table = new CertificateTable(database);
        this.source = source;
        this.clock = clock;
        this.poller = schedule.start("service-certificates", this::refresh);
    }

    /**
     * The certificate of a provider. Only its first use waits, for the database and perhaps for the licence service, and refuses threads
     * that must not wait, see {@link NonBlockingThreads}.
     *
     * @throws TokenException {@link ErrorCode#LICENSE_GENERATION_FAILED} if there is none yet and it cannot be fetched
     * @throws StorageException if it must be read and the database is unreachable
     */
    public ServiceCertificate get(Environment environment, CloudProvider provider) {
        Owner owner = new Owner(environment, provider.name());
        Entry entry = entry(owner, provider);
        Row known = entry.row;
        if (known == null) {
            NonBlockingThreads.refuseCurrent();
            known = firstRow(owner, entry);
        }
        return known.certificate();
    }

    private Row firstRow(Owner owner, Entry entry) {
        synchronized (entry) {
            Row known = entry.row;
            if (known == null) {
                known = read(owner, entry);
            }
            if (known == null) {
                known = fetchFirst(owner, entry);
            }
            return known;
        }
    }

    private Row fetchFirst(Owner owner, Entry entry) {
        Instant now = clock.instant();
        TokenException failure = entry.failure;
        if (failure != null && now.isBefore(entry.failedAt.plus(FAILURE_LIFETIME))) {
            throw failure;
        }
        try {
            Row row = table.store(owner, source.fetch(entry.provider), now);
            entry.row = row;
            return row;
        } catch (TokenException e) {
            entry.failure = e;
            entry.failedAt = clock.instant();
            throw e;
        }
    }

    /**
     * Whether players may have got a certificate with this serial number from here. Without a certificate, there is nothing to compare
     * with, and the answer is yes.
     *
     * @throws StorageException if the database must be asked and is unreachable
     */
    public boolean isOurs(Environment environment, CloudProvider provider, String serial) {
        Owner owner = new Owner(environment, provider.name());
        Entry entry = entry(owner, provider);
        Row known = entry.row;
        if (known != null && known.hasSerial(serial)) {
            return true;
        }
        NonBlockingThreads.refuseCurrent();
        synchronized (entry) {
            // Another server may have stored a new one just now.
            if (!clock.instant().isBefore(entry.readAt.plus(UNKNOWN_INTERVAL))) {
                read(owner, entry);
            }
            Row current = entry.row;
            return current == null || current.hasSerial(serial);
        }
    }

    /**
     * Stores a certificate from a file, so that players get it although the licence service has not been asked. It is fetched again after a
     * day like any other. A certificate that was in use before is not stored again.
     *
     * @throws StorageException if the database is unreachable
     */
    public void preload(Environment environment, CloudProvider provider, ServiceCertificate certificate) {
        Owner owner = new Owner(environment, provider.name());
        table.storeIfNew(owner, certificate, clock.instant());
        Entry entry = entry(owner, provider);
        synchronized (entry) {
            read(owner, entry);
        }
    }

    /** The entry of a provider, whose URL or secrets may have changed. */
    private Entry entry(Owner owner, CloudProvider provider) {
        Entry entry = entries.computeIfAbsent(owner, unknown -> new Entry(provider));
        entry.provider = provider;
        return entry;
    }

    private @Nullable Row read(Owner owner, Entry entry) {
        Optional<Row> row = table.find(owner);
        entry.readAt = clock.instant();
        row.ifPresent(found -> entry.row = found);
        return row.orElse(null);
    }

    /** Reads the certificates in use again, and fetches those that are old. */
    void refresh() {
        entries.forEach((owner, entry) -> {
            try {
                refresh(owner, entry);
            } catch (StorageException e) {
                // DatabaseWatch logs the outage itself. The certificates in memory stay in use.
                LOG.debug("The service certificates cannot be read: {}", e.getMessage());
            } catch (RuntimeException e) {
                // An exception would end the poller.
                LOG.error("The service certificates cannot be refreshed: {}", FailureTrace.withoutMessages(e));
            }
        });
    }

    private void refresh(Owner owner, Entry entry) {
        Instant now = clock.instant();
        Row row;
        synchronized (entry) {
            if (entry.row == null || now.isBefore(entry.readAt.plus(READ_INTERVAL))) {
                return;
            }
            row = read(owner, entry);
        }
        if (row != null
                && !now.isBefore(row.fetchedAt().plus(LIFETIME))
                && table.takeTurn(owner, now.minus(TURN), now)) {
            fetchAgain(owner, entry, row);
        }
    }

    /** Holds no lock while it waits for the licence service: players get the old certificate meanwhile. */
    private void fetchAgain(Owner owner, Entry entry, Row old) {
        try {
            Row fresh = table.store(owner, source.fetch(entry.provider), clock.instant());
            entry.row = fresh;
            if (!fresh.certificate().serial().equals(old.certificate().serial())) {
                LOG.info(
                        "The service certificate of {} ({}) has changed; its serial number is {}",
                        owner.provider(),
                        owner.environment().label(),
                        fresh.certificate().serial());
            }
        } catch (TokenException e) {
            LOG.warn(
                    "The service certificate of {} ({}) is from {} and cannot be fetched again: {}",
                    owner.provider(),
                    owner.environment().label(),
                    old.fetchedAt(),
                    e.reason());
        }
    }

    @Override
    public void close() {
        poller.close();
    }
}
