package io.playgrant.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import io.playgrant.time.Schedule;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class AccountCacheTest {

    private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);
    private static final AccountChange DISABLE = AccountChange.enabled(false);

    private static final Duration AWAY = Duration.ofMinutes(1);

    @AutoClose
    private final Schedule schedule = new Schedule();

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);
    private AccountRoom room;
    private AccountCache cache;

    @BeforeEach
    void open(TestDatabase databases) {
        room = new AccountRoom(databases);
        room.create("First");
        cache = new AccountCache(room.accounts, AWAY, schedule, nanoTime::get);
    }

    @AfterEach
    void close() {
        cache.close();
        room.close();
    }

    @Test
    void find_givesTheAccount() {
        assertThat(cache.find(1001)).map(Account::name).contains("First");
        assertThat(cache.find(1001)).containsSame(cache.find(1001).orElseThrow());
    }

    @Test
    void find_isEmptyForAnUnknownNumber() {
        assertThat(cache.find(1002)).isEmpty();
        assertThat(cache.find(1002)).isEmpty();
    }

    @Test
    void deletion_isSeenWithin5Seconds() {
        assertThat(cache.find(1001)).isPresent();
        room.accounts.delete(1001);
        await().atMost(SEEN_WITHIN).until(() -> cache.find(1001).isEmpty());
    }

    @Test
    void change_isSeenWithin5Seconds() {
        assertThat(cache.find(1001).orElseThrow().enabled()).isTrue();
        room.accounts.change(1001, DISABLE);
        await().atMost(SEEN_WITHIN).until(() -> !cache.find(1001).orElseThrow().enabled());
    }

    @Test
    void change_leavesOtherAccountsInMemory() {
        room.create("Second");
        Account first = cache.find(1001).orElseThrow();
        assertThat(cache.find(1002).orElseThrow().enabled()).isTrue();
        room.accounts.change(1002, DISABLE);
        await().atMost(SEEN_WITHIN).until(() -> !cache.find(1002).orElseThrow().enabled());
        assertThat(cache.find(1001)).containsSame(first);
    }

    @Test
    void newAccount_isSeenAtOnce() {
        room.create("Second");
        assertThat(cache.find(1002)).map(Account::name).contains("Second");
    }

    @Test
    void newAccount_isSeenWithin5SecondsAlthoughItWasAskedForBefore() {
        assertThat(cache.find(1002)).isEmpty();
        room.create("Second");
        await().atMost(SEEN_WITHIN).until(() -> cache.find(1002).isPresent());
    }

    @Test
    void unknownNumber_isRememberedForAShortTime() {
        assertThat(cache.find(1002)).isEmpty();
        room.database.close();
        assertThat(cache.find(1002)).isEmpty();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThatThrownBy(() -> cache.find(1002)).isInstanceOf(StorageException.class));
    }

    @Test
    void closedDatabase_leavesCachedAccountsAndRefusesOthers() {
        room.create("Second");
        Account first = cache.find(1001).orElseThrow();
        room.database.close();
        assertThat(cache.find(1001)).containsSame(first);
        assertThatThrownBy(() -> cache.find(1002)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> cache.find(1003)).isInstanceOf(StorageException.class);
    }

    @Test
    void databaseAway_leavesCachedAccountsForAWhile_andWhatChangedIsSeenWhenItIsBack() {
        assertThat(cache.find(1001).orElseThrow().enabled()).isTrue();
        // Only the changes are out of reach.
        room.database.inTransaction(handle -> handle.execute("alter table deleted_account rename to away"));
        room.accounts.change(1001, DISABLE);
        assertThat(cache.find(1001).orElseThrow().enabled()).isTrue();
        nanoTime.addAndGet(AWAY.plusSeconds(1).toNanos());
        for (long number : new long[] {1001, 1002}) {
            assertThatThrownBy(() -> cache.find(number))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("Changes of accounts could not be read for 61 seconds");
        }
        room.database.inTransaction(handle -> handle.execute("alter table away rename to deleted_account"));
        // The first answer must be the new one.
        assertThat(await().atMost(SEEN_WITHIN)
                        .ignoreExceptionsInstanceOf(StorageException.class)
                        .until(() -> cache.find(1001), Optional::isPresent))
                .hasValueSatisfying(account -> assertThat(account.enabled()).isFalse());
    }

    @Test
    void newCache_isRefusedWhenTheDatabaseIsClosed() {
        room.database.close();
        assertThatThrownBy(() -> new AccountCache(room.accounts, AWAY, schedule).close())
                .isInstanceOf(StorageException.class);
    }
}
