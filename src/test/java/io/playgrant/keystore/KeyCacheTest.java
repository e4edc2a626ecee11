package io.playgrant.keystore;

import static io.playgrant.keystore.SampleKeys.EK;
import static io.playgrant.keystore.SampleKeys.NOW;
import static io.playgrant.keystore.SampleKeys.OTHER_EK;
import static io.playgrant.keystore.SampleKeys.OTHER_OWNER;
import static io.playgrant.keystore.SampleKeys.OWNER;
import static io.playgrant.keystore.SampleKeys.RING_KEY;
import static io.playgrant.keystore.SampleKeys.SAME_IN_TEST;
import static io.playgrant.keystore.SampleKeys.bareKey;
import static io.playgrant.keystore.SampleKeys.key;
import static io.playgrant.keystore.SampleKeys.kid;
import static io.playgrant.keystore.SampleKeys.withEk;
import static io.playgrant.keystore.SampleKeys.withExpiration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import io.playgrant.time.Schedule;
import io.playgrant.token.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class KeyCacheTest {

    private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);
    private static final Duration AWAY = Duration.ofMinutes(1);
    private static final int CONNECTIONS = 8;

    @AutoClose
    private final Schedule schedule = new Schedule();

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);

    private final SettableClock clock = new SettableClock(NOW, Duration.ZERO);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Database database;
    private DatabaseKeys keys;
    private Database another;
    private DatabaseKeys otherNode;
    private KeyCache cache;

    @BeforeEach
    void open(TestDatabase databases) {
        database = databases.open();
        keys = new DatabaseKeys(database);
        another = databases.open();
        otherNode = new DatabaseKeys(another);
        SampleKeys.makeAccounts(database);
        keys.create(OWNER, bareKey(kid(1), EK));
        cache = new KeyCache(keys, clock, AWAY, heldBy -> true, schedule, nanoTime::get);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        cache.close();
        another.close();
        database.close();
    }

    @Test
    void find_givesTheKey() {
        assertThat(find(kid(1))).contains(EK);
        assertThat(find(kid(1))).containsSame(find(kid(1)).orElseThrow());
    }

    @Test
    void find_isEmptyForUnknownKeys_andThoseOfOthers() {
        assertThat(find(kid(2))).isEmpty();
        assertThat(find(SAME_IN_TEST, kid(1))).isEmpty();
        assertThat(find(OTHER_OWNER, kid(1))).isEmpty();
    }

    @Test
    void current_followsTheHeldKeysOfTheContent_hereAtOnce_andElsewhereSoon() {
        assertThat(current("film")).isEmpty();
        keys.create(OWNER, SampleKeys.heldKey(kid(11), "film"));
        assertThat(current("film")).containsExactly(kid(11));
        keys.createAll(OWNER, List.of(SampleKeys.heldKey(kid(13), "film"), SampleKeys.heldKey(kid(12), "film")));
        assertThat(current("film")).containsExactly(kid(11), kid(12), kid(13));
        keys.update(OWNER, kid(12), key -> SampleKeys.heldKey(kid(12), "another film"));
        assertThat(current("film")).containsExactly(kid(11), kid(13));
        assertThat(current("another film")).containsExactly(kid(12));
        otherNode.delete(OWNER, kid(11));
        otherNode.create(OWNER, SampleKeys.heldKey(kid(14), "another film"));
        await().atMost(SEEN_WITHIN).until(() -> current("film").equals(List.of(kid(13))));
        await().atMost(SEEN_WITHIN).until(() -> current("another film").equals(List.of(kid(12), kid(14))));
    }

    @Test
    void current_isServedWhileTheDatabaseIsAway() {
        keys.create(OWNER, SampleKeys.heldKey(kid(11), "film"));
        cache.close();
        // One that has read the log of changes already, and does not drop the key once more.
        cache = new KeyCache(keys, clock, AWAY, heldBy -> true, schedule, nanoTime::get);
        assertThat(current("film")).containsExactly(kid(11));
        database.close();
        assertThat(current("film")).containsExactly(kid(11));
        assertThatThrownBy(() -> current("another film")).isInstanceOf(StorageException.class);
    }

    @Test
    void current_leavesOutWhatHasExpiredSince_andReadsOnWhereMoreMayFollow() {
        Instant soon = NOW.plusSeconds(1);
        keys.create(OWNER, SampleKeys.withExpiration(SampleKeys.heldKey(kid(11), "film"), soon));
        keys.create(OWNER, SampleKeys.heldKey(kid(12), "film"));
        for (int i = 0; i < 18; i++) {
            StoredKey key = SampleKeys.heldKey(kid(100 + i), "series");
            keys.create(OWNER, i < 16 ? SampleKeys.withExpiration(key, soon) : key);
        }
        assertThat(current("series")).hasSize(KeyLookup.MOST_OF_CONTENT);
        assertThat(current("film")).containsExactly(kid(11), kid(12));
        clock.set(soon);
        assertThat(current("film")).containsExactly(kid(12));
        assertThat(current("series")).containsExactly(kid(116), kid(117));
    }

    @Test
    void keysThatTheRingNoLongerOpens_areReadAgain() {
        AtomicBoolean retired = new AtomicBoolean();
        keys.create(OWNER, SampleKeys.heldKey(kid(11), "film"));
        try (KeyCache afterRotation = new KeyCache(
                otherNode,
                clock,
                AWAY,
                heldBy -> !(retired.get() && heldBy.equals(RING_KEY)),
                schedule,
                nanoTime::get)) {
            assertThat(holder(afterRotation)).isEqualTo(RING_KEY);
            // As the rewrapping does, which is no change for caches.
            database.inTransaction(handle ->
                    handle.execute("update stored_key set held_by = '00000000000000bb' where held_by is not null"));
            assertThat(holder(afterRotation)).isEqualTo(RING_KEY);
            retired.set(true);
            assertThat(holder(afterRotation)).isEqualTo("00000000000000bb");
            assertThat(afterRotation.current(OWNER.account(), OWNER.environment(), "film"))
                    .extracting(one -> one.key().heldBy())
                    .containsExactly("00000000000000bb");
        }
    }

    private static @Nullable String holder(KeyCache cache) {
        cache.current(OWNER.account(), OWNER.environment(), "film");
        return cache.find(OWNER.account(), OWNER.environment(), kid(11))
                .orElseThrow()
                .heldBy();
    }

    private List<KeyId> current(String contentId) {
        return cache.current(OWNER.account(), OWNER.environment(), contentId).stream()
                .map(KeyLookup.OfContent::kid)
                .toList();
    }

    @Test
    void whatIsDoneHere_isSeenAtOnce() {
        assertThat(find(kid(2))).isEmpty();
        keys.create(OWNER, bareKey(kid(2), EK));
        assertThat(find(kid(2))).contains(EK);
        keys.update(OWNER, kid(2), key -> withEk(key, OTHER_EK));
        assertThat(find(kid(2))).contains(OTHER_EK);
        keys.delete(OWNER, kid(2));
        assertThat(find(kid(2))).isEmpty();
        keys.createAll(OWNER, List.of(bareKey(kid(2), EK)));
        assertThat(find(kid(2))).contains(EK);
    }

    @Test
    void whatIsDoneHere_isSeenAtOnce_howeverManyAsk() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        List<Future<?>> asking = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            asking.add(threads.submit(() -> {
                while (!enough.get()) {
                    find(kid(2));
                }
            }));
        }
        try {
            for (int round = 0; round < 200; round++) {
                keys.create(OWNER, bareKey(kid(2), EK));
                assertThat(find(kid(2))).contains(EK);
                keys.update(OWNER, kid(2), key -> withEk(key, OTHER_EK));
                assertThat(find(kid(2))).contains(OTHER_EK);
                keys.delete(OWNER, kid(2));
                assertThat(find(kid(2))).isEmpty();
            }
        } finally {
            enough.set(true);
        }
        for (Future<?> one : asking) {
            one.get();
        }
    }

    @Test
    void keyThatAnotherNodeMakes_isSeenWithin5Seconds() {
        assertThat(find(kid(2))).isEmpty();
        otherNode.create(OWNER, bareKey(kid(2), EK));
        await().atMost(SEEN_WITHIN).until(() -> find(kid(2)).isPresent());
    }

    @Test
    void changeByAnotherNode_isSeenWithin5Seconds_andLeavesOtherKeysInMemory() {
        keys.create(OWNER, bareKey(kid(2), EK));
        EncryptedKey first = find(kid(1)).orElseThrow();
        assertThat(find(kid(2))).contains(EK);
        otherNode.update(OWNER, kid(2), key -> withEk(key, OTHER_EK));
        await().atMost(SEEN_WITHIN).until(() -> find(kid(2)).equals(Optional.of(OTHER_EK)));
        assertThat(find(kid(1))).containsSame(first);
    }

    @Test
    void deletionByAnotherNode_isSeenWithin5Seconds() {
        assertThat(find(kid(1))).isPresent();
        otherNode.delete(OWNER, kid(1));
        await().atMost(SEEN_WITHIN).until(() -> find(kid(1)).isEmpty());
    }

    @Test
    void expiredKey_isNotHandedOut() {
        keys.create(OWNER, withExpiration(key(kid(2)), NOW.plusSeconds(60)));
        keys.create(OWNER, withExpiration(key(kid(3)), NOW));
        assertThat(find(kid(2))).contains(EK);
        assertThat(find(kid(3))).isEmpty();
        clock.set(NOW.plusSeconds(60).minusNanos(1));
        assertThat(find(kid(2))).contains(EK);
        clock.set(NOW.plusSeconds(60));
        assertThat(find(kid(2))).isEmpty();
        assertThat(find(kid(1))).contains(EK);
    }

    @Test
    void expiredKey_isHandedOutAgain_whenItsTimeIsChanged() {
        keys.create(OWNER, withExpiration(key(kid(2)), NOW));
        assertThat(find(kid(2))).isEmpty();
        keys.update(OWNER, kid(2), key -> withExpiration(key, NOW.plusSeconds(1)));
        assertThat(find(kid(2))).contains(EK);
    }

    @Test
    void unknownKey_isRememberedForAShortTime() {
        assertThat(find(kid(2))).isEmpty();
        database.close();
        await().atMost(SEEN_WITHIN)
                .untilAsserted(() -> assertThatThrownBy(() -> find(kid(2))).isInstanceOf(StorageException.class));
    }

    @Test
    void everythingIsForgotten_whenChangesWereNotLookedAtForLong() {
        assertThat(find(kid(1))).contains(EK);
        // Leaves no trace, like a change that was long ago.
        changeWithoutATrace();
        clock.set(NOW.plus(Duration.ofMinutes(31)));
        await().atMost(SEEN_WITHIN).until(() -> find(kid(1)).equals(Optional.of(OTHER_EK)));
    }

    @Test
    void everythingIsForgotten_whenTheDatabaseIsAnEarlierOne() {
        for (int i = 0; i < 2; i++) {
            long before = keys.revision();
            otherNode.update(OWNER, kid(1), key -> key);
            assertThat(keys.revision()).isGreaterThan(before);
        }
        awaitLook();
        assertThat(find(kid(1))).contains(EK);
        changeWithoutATrace();
        database.inTransaction(handle -> handle.execute("update stored_key_revision set revision = 1"));
        await().atMost(SEEN_WITHIN).until(() -> find(kid(1)).equals(Optional.of(OTHER_EK)));
    }

    @Test
    void closedDatabase_leavesCachedKeysAndRefusesOthers() {
        EncryptedKey first = find(kid(1)).orElseThrow();
        database.close();
        assertThat(find(kid(1))).containsSame(first);
        assertThatThrownBy(() -> find(kid(2))).isInstanceOf(StorageException.class);
    }

    @Test
    void hangingDatabase_leavesCachedKeysAndRefusesOthers() throws Exception {
        EncryptedKey first = find(kid(1)).orElseThrow();
        CountDownLatch taken = new CountDownLatch(CONNECTIONS);
        CountDownLatch end = new CountDownLatch(1);
        List<Future<Boolean>> holding = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            holding.add(threads.submit(() -> database.withHandle(handle -> {
                taken.countDown();
                awaitUnchecked(end);
                return true;
            })));
        }
        taken.await();
        assertThat(find(kid(1))).containsSame(first);
        assertThatThrownBy(() -> find(kid(2))).isInstanceOf(StorageException.class);
        end.countDown();
        for (Future<Boolean> one : holding) {
            assertThat(one.get()).isTrue();
        }
        assertThat(find(kid(2))).isEmpty();
    }

    @Test
    void databaseAway_leavesCachedKeysForAWhile_andWhatChangedIsSeenWhenItIsBack() {
        assertThat(find(kid(1))).contains(EK);
        otherNode.update(OWNER, kid(1), key -> withEk(key, OTHER_EK));
        // Only the changes are out of reach.
        database.inTransaction(handle -> handle.execute("alter table stored_key_change rename to away"));
        database.inTransaction(handle -> handle.execute("update stored_key_revision set revision = revision + 1"));
        nanoTime.addAndGet(AWAY.plusSeconds(1).toNanos());
        await().atMost(SEEN_WITHIN)
                .untilAsserted(() -> assertThatThrownBy(() -> find(kid(1)))
                        .isInstanceOf(StorageException.class)
                        .hasMessage("Changes of stored keys could not be read for 61 seconds"));
        database.inTransaction(handle -> handle.execute("alter table away rename to stored_key_change"));
        // The first answer must be the new one.
        assertThat(await().atMost(SEEN_WITHIN)
                        .ignoreExceptionsInstanceOf(StorageException.class)
                        .until(() -> find(kid(1)), Optional::isPresent))
                .contains(OTHER_EK);
    }

    @Test
    void newCache_isRefusedWhenTheDatabaseIsClosed() {
        database.close();
        assertThatThrownBy(() -> new KeyCache(keys, clock, AWAY, heldBy -> true, schedule, nanoTime::get).close())
                .isInstanceOf(StorageException.class);
    }

    private Optional<EncryptedKey> find(KeyId kid) {
        return find(OWNER, kid);
    }

    private Optional<EncryptedKey> find(Owner owner, KeyId kid) {
        return cache.find(owner.account(), owner.environment(), kid)
                .filter(found -> !found.isExpired(clock.instant()))
                .map(KeyLookup.Found::ek);
    }

    private void changeWithoutATrace() {
        database.inTransaction(handle -> {
            KeyTable.update(handle, OWNER, bareKey(kid(1), OTHER_EK));
            return null;
        });
    }

    /** Waits until the cache has looked at all changes so far. */
    private void awaitLook() {
        keys.create(OWNER, bareKey(kid(9), EK));
        assertThat(find(kid(9))).contains(EK);
        otherNode.delete(OWNER, kid(9));
        await().atMost(SEEN_WITHIN).until(() -> find(kid(9)).isEmpty());
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
