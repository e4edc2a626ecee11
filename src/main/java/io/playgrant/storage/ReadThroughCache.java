package io.playgrant.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A cache that loads missing values from the database. Loading holds no lock, so that an invalidation never waits for a hanging database.
 * A value that was loaded while an invalidation arrived is not cached.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class ReadThroughCache<K, V> {

    private final Function<K, Optional<V>> read;
    private final Cache<K, Optional<V>> present;
    private final Cache<K, Boolean> absent;
    private final DatabaseBulkhead database = new DatabaseBulkhead();

    /** Guarded by this, as are writes to the caches. */
    private long changes;

    /**
     * An empty cache.
     *
     * @param most the largest number of values
     * @param absentFor how long a missing value is cached as missing
     * @param read loads a value; throws {@link StorageException} if the database is unreachable
     */
    public ReadThroughCache(int most, Duration absentFor, Function<K, Optional<V>> read) {
        this.read = read;
        this.present = Caffeine.newBuilder().maximumSize(most).build();
        // A separate cache, so that a flood of wrong keys does not evict values.
        this.absent = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(absentFor)
                .build();
    }

    /**
     * A value, which is loaded if necessary.
     *
     * @throws StorageException if it must be loaded and the database does not answer within {@link DatabaseBulkhead#LIMIT}
     */
    public Optional<V> get(K key) {
        Optional<V> value = present.getIfPresent(key);
        if (value != null) {
            return value;
        }
        return isAbsent(key) ? Optional.empty() : database.call(() -> read(key));
    }

    private Optional<V> read(K key) {
        // Another thread may have loaded it while this one waited for a permit.
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

    /** Drops the value of a key, which may have changed. */
    public synchronized void forget(K key) {
        changes++;
        present.invalidate(key);
        absent.invalidate(key);
    }

    /** Drops all values, which may have changed. */
    public synchronized void forgetAll() {
        changes++;
        present.invalidateAll();
        absent.invalidateAll();
    }
}
