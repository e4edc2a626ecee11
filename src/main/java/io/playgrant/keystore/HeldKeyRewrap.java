package io.playgrant.keystore;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.keystore.held.HeldKeys;
import io.playgrant.keystore.held.StorageRing;
import io.playgrant.storage.Database;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps held keys anew with the active key of the storage ring, after another was activated, until it is closed. Several nodes may do so at
 * the same time: each locks the rows of its batch, and passes over those that another has locked.
 */
public final class HeldKeyRewrap implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldKeyRewrap.class);

    private static final int BATCH = 100;

    /** Bounds the load of the database: 5,000 keys a second at most. */
    private static final int BATCHES_PER_POLL = 50;

    private static final int POLLS_BETWEEN_LOOKS = 5;

    private final Database database;
    private final HeldKeys held;
    private final Supplier<Optional<StorageRing>> ring;
    private final Predicate<String> isAgreed;
    private final Poller poller;
    private volatile long left;
    private volatile @Nullable String problem;
    private volatile boolean closed;
    private int polls;

    /**
     * Begins to look for keys that another key of the ring wraps.
     *
     * @param isAgreed whether a key is the active one of all running nodes; otherwise two nodes could undo each other's work
     */
    public HeldKeyRewrap(
            Database database,
            HeldKeys held,
            Supplier<Optional<StorageRing>> ring,
            Predicate<String> isAgreed,
            Schedule schedule) {
        this.database = database;
        this.held = held;
        this.ring = ring;
        this.isAgreed = isAgreed;
        this.poller = schedule.start("held-key-rewrap", this::poll);
    }

    /** The number of held keys that are still to be wrapped anew, as far as is known. */
    public long left() {
        return left;
    }

    /** Why the work does not proceed, if so. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void poll() {
        polls++;
        if (left == 0 && problem == null && polls % POLLS_BETWEEN_LOOKS != 1) {
            return;
        }
        try {
            Optional<StorageRing> current = ring.get();
            if (current.isPresent()) {
                rewrap(current.get().activeId());
            }
            problem = null;
        } catch (RuntimeException e) {
            String reason = e instanceof StorageException
                    ? e.getMessage()
                    : e.getClass().getName();
            if (problem == null) {
                LOG.warn("Held keys cannot be wrapped anew: {}", reason);
            }
            problem = "held keys cannot be wrapped anew: " + reason;
        }
    }

    private void rewrap(String active) {
        List<String> old = database.withHandle(KeyTable::holders).stream()
                .filter(holder -> !holder.equals(active))
                .toList();
        left = old.stream()
                .mapToLong(holder -> database.withHandle(handle -> KeyTable.countHeldBy(handle, holder)))
                .sum();
        if (left == 0 || !isAgreed.test(active)) {
            return;
        }
        long done = 0;
        for (String holder : old) {
            done += rewrap(holder, active);
        }
        left = Math.max(0, left - done);
        LOG.info("{} held keys were wrapped anew with the key {}, {} are left", done, active, left);
    }

    private long rewrap(String holder, String active) {
        long done = 0;
        for (int batch = 0; batch < BATCHES_PER_POLL && !closed; batch++) {
            int rows = database.inTransaction(handle -> rewrapSome(handle, holder, active));
            done += rows;
            if (rows < BATCH) {
                break;
            }
        }
        return done;
    }

    private int rewrapSome(Handle transaction, String holder, String active) {
        List<Row> rows = transaction
                .createQuery("""
                        select account, environment, kid, ek from stored_key
                         where held_by = :holder fetch first :limit rows only for update skip locked
                        """)
                .bind("holder", holder)
                .bind("limit", BATCH)
                .map((row, context) -> new Row(
                        row.getLong("account"), row.getString("environment"), row.getBytes("kid"), row.getBytes("ek")))
                .list();
        if (rows.isEmpty()) {
            return 0;
        }
        try (PreparedBatch batch = transaction.prepareBatch("""
                        update stored_key set ek = :ek, held_by = :active
                         where account = :account and environment = :environment and kid = :kid
                        """)) {
            for (Row row : rows) {
                batch.bind("ek", rewrapped(row, holder, active).toByteArray())
                        .bind("active", active)
                        .bind("account", row.account())
                        .bind("environment", row.environment())
                        .bind("kid", row.kid())
                        .add();
            }
            batch.execute();
        }
        return rows.size();
    }

    private EncryptedKey rewrapped(Row row, String holder, String active) {
        ContentKey key = held.open(EncryptedKey.of(row.ek()), holder);
        try {
            return held.wrap(key, active);
        } finally {
            key.wipe();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(long account, String environment, byte[] kid, byte[] ek) {}

    @Override
    public void close() {
        closed = true;
        poller.close();
    }
}
