package io.playgrant.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@EachDatabase
class AccountCacheTest {

    private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);
    private static final AccountChange DISABLE = AccountChange.enabled(false);

    private AccountRoom room;
    private AccountCache cache;

    @BeforeEach
    void open(TestDatabase databases) {
        room = new AccountRoom(databases);
        room.create("First");
        cache = new AccountCache(room.accounts);
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
    void failingPoll_isToldOnceAndSurvived() {
        assertThat(cache.find(1001).orElseThrow().enabled()).isTrue();
        Logger logger = (Logger) LoggerFactory.getLogger(AccountCache.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setAdditive(false);
        logger.addAppender(log);
        try {
            room.accounts.change(1001, DISABLE);
            room.database.inTransaction(handle -> handle.execute("alter table account_revision rename to away"));
            await().atMost(SEEN_WITHIN).until(() -> !log.list.isEmpty());
            assertThat(cache.find(1001).orElseThrow().name()).isEqualTo("First");
            await().during(Duration.ofMillis(2_500)).atMost(SEEN_WITHIN).until(() -> log.list.size() == 1);
            room.database.inTransaction(handle -> handle.execute("alter table away rename to account_revision"));
            await().atMost(SEEN_WITHIN)
                    .until(() -> !cache.find(1001).orElseThrow().enabled());
        } finally {
            logger.detachAppender(log);
            logger.setAdditive(true);
        }
        assertThat(List.copyOf(log.list)).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getFormattedMessage()).isEqualTo("Changes of accounts are not seen");
        });
    }

    @Test
    void newCache_isRefusedWhenTheDatabaseIsClosed() {
        room.database.close();
        assertThatThrownBy(() -> new AccountCache(room.accounts).close()).isInstanceOf(StorageException.class);
    }
}
