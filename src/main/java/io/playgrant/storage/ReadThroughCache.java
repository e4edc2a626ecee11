package io.playgrant.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was read from the database, in memory. Nothing is locked while it is read, so that whoever tells of a change never waits for a
 * database that hangs; what was read while a change was told is not kept.
 *
 * @param <K> what it is looked up by
 * @param <V> what is looked up
 */
public final class ReadThroughCache<K, V> {

    private final Function<K, Optional<V>> read;
    private final Cache<K, Optional<V>> present;
    private final Cache<K, Boolean> absent;
    private final DatabaseBulkhead database = new DatabaseBulkhead();

    /** Guarded by this, as is what goes into the caches. */
    private long changes;

    /**
     * An empty cache.
     *
     * @param most how many values are kept
     * @param absentFor how long it is remembered that there is none
     * @param read reads one; throws {@link StorageException} if the database is out of reach
     */
    public ReadThroughCache(int most, Duration absentFor, Function<K, Optional<V>> read) {
        this.read = read;
        this.present = Caffeine.newBuilder().maximumSize(most).build();
        // Apart from the others, which a flood of wrong keys must not push out.
        this.absent = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(absentFor)
                .build();
    }

    /**
     * A value, read if need be.
     *
     * @throws StorageException if it must be read and the database does not answer within {@link DatabaseBulkhead#LIMIT}
     */
    public Optional<V> get(K key) {
        Optional<V> value = present.getIfPresent(key);
        if (value != null) {
            return value;
        }
        return isAbsent(key) ? Optional.empty() : database.ask(() -> read(key));
    }

    private Optional<V> read(K key) {
        // Another may have read it while this one waited for its turn.
        Optional<V> there = present.getIfPresent(key);
        if (there != null) {
            return there;
        }
        long before = changes();
        Optional<V> value = read.apply(key);
        keep(key, value, before);
        return value;
    }

    private boolean isAbsent(K key) {
        return absent.getIfPresent(key) != null;
    }

    private synchronized long changes() {
        return changes;
    }

    private synchronized void keep(K key, Optional<V> value, long changesBefore) {
        if (changes != changesBefore) {
            return;
        }
        if (value.isPresent()) {
            present.put(key, value);
        } else {
            absent.put(key, true);
        }
    }

    /** The value of this key may be another now. */
    public synchronized void forget(K key) {
        changes++;
        present.invalidate(key);
        absent.invalidate(key);
    }

    /** All values may be others now. */
    public synchronized void forgetAll() {
        changes++;
        present.invalidateAll();
        absent.invalidateAll();
    }
}
