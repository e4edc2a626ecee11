package io.playgrant.revocation;

import io.playgrant.storage.ChangePoller;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Schedule;
import io.playgrant.token.Claims;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The cache in which redemptions look for revocations. It holds all of them, so that a lookup never waits for the database, and learns of
 * changes within about two seconds. While it cannot read the changes, it answers for a limited time only.
 *
 * <p>A revocation is found for an hour after its end. Its tokens have expired then, but redemption allows for clocks that differ.
 */
public final class RevocationCache implements AutoCloseable {

    /** How long the cache is used while the database is unreachable. */
    static final Duration AWAY = Duration.ofMinutes(1);

    /** How often everything is read anew, so that ended revocations do not remain in memory. */
    private static final Duration RELOAD_INTERVAL = Duration.ofHours(1);

    private static final long BEFORE_ALL = -1;

    private final Revocations revocations;
    private final Clock clock;
    private final ChangePoller poller;
    private volatile RevocationIndex index = new RevocationIndex();
    private Instant loadedAt = Instant.MIN;
    private long revision = BEFORE_ALL;

    /**
     * A cache that follows the database until it is closed.
     *
     * @throws StorageException if the database is unreachable
     */
    public RevocationCache(Revocations revocations, Clock clock, Schedule schedule) {
        this(revocations, clock, schedule, System::nanoTime);
    }

    RevocationCache(Revocations revocations, Clock clock, Schedule schedule, LongSupplier nanoTime) {
        this.revocations = revocations;
        this.clock = clock;
        poll();
        this.poller = new ChangePoller("revocations", this::poll, AWAY, schedule, nanoTime);
    }

    /**
     * The first revocation of a token, if there is any. Never waits.
     *
     * @throws StorageException if the changes could not be read for too long
     */
    public Optional<Revocation> find(Claims token) {
        poller.requireUpToDate();
        return index.find(token);
    }

    private void poll() {
        Instant now = clock.instant();
        long current = revocations.revision();
        if (current < revision || loadedAt.isBefore(now.minus(RELOAD_INTERVAL))) {
            RevocationIndex all = new RevocationIndex();
            revocations.changedSince(BEFORE_ALL).forEach(all::apply);
            index = all;
            loadedAt = now;
        } else if (current > revision) {
            revocations.changedSince(revision).forEach(index::apply);
        }
        revision = current;
    }

    @Override
    public void close() {
        poller.close();
    }
}
