package io.playgrant.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Credits.Taken;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class CreditsTest {

    private AccountRoom room;
    private long account;

    @BeforeEach
    void open(TestDatabase databases) {
        room = new AccountRoom(databases);
        account = room.accounts
                .create(new NewAccount("N", Profile.STRICT, List.of(), Limit.of(100), Limit.NONE))
                .account()
                .number();
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void take_givesBackWhatIsUnused() {
        Credits credits = new Credits(room.database);
        Taken first = credits.take(account, Taken.NOTHING).orElseThrow();
        assertThat(first.size()).isEqualTo(5);
        assertThat(balance()).isEqualTo(95);
        assertThat(credits.take(account, new Taken(4, first.epoch())))
                .hasValueSatisfying(second -> assertThat(second.size()).isEqualTo(5));
        assertThat(balance()).isEqualTo(94);
    }

    @Test
    void take_givesNothingBackThatWasTakenBeforeALimitWasSet() {
        Credits credits = new Credits(room.database);
        Taken first = credits.take(account, Taken.NOTHING).orElseThrow();
        room.accounts.change(account, AccountChange.credits(Limit.of(20)));
        assertThat(credits.take(account, first))
                .hasValueSatisfying(second -> assertThat(second.size()).isEqualTo(1));
        assertThat(balance()).isEqualTo(19);
    }

    @Test
    void blockThatComesTooLate_isGivenBack() throws Exception {
        Credits hasty = new Credits(room.database, new DatabaseBulkhead(1, Duration.ofMillis(100)));
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> room.database.inTransaction(handle -> {
            Credits.lock(handle, account);
            locked.countDown();
            awaitUnchecked(end);
            return true;
        }));
        locked.await();
        assertThatThrownBy(() -> hasty.take(account, Taken.NOTHING)).isInstanceOf(StorageException.class);
        end.countDown();
        holder.get();
        // There is a place again when the late one has been given back.
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(StorageException.class)
                .until(() -> hasty.take(account, Taken.NOTHING).isPresent());
        assertThat(balance()).isEqualTo(95);
    }

    private long balance() {
        return Objects.requireNonNull(new Credits(room.database).fewest(1).get(account));
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
