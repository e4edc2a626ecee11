package io.playgrant.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import io.playgrant.time.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class CreditBlocksTest {

    @AutoClose
    private final Schedule schedule = new Schedule();

    private AccountRoom room;
    private CreditBlocks blocks;

    @BeforeEach
    void open(TestDatabase databases) {
        room = new AccountRoom(databases);
        blocks = new CreditBlocks(new Credits(room.database), schedule);
    }

    @AfterEach
    void close() {
        blocks.close();
        room.close();
    }

    @Test
    void charge_takesNothingFromAnAccountWithoutALimit() {
        Account account = create(Limit.NONE);
        for (int i = 0; i < 10; i++) {
            blocks.charge(account);
        }
        assertThat(balance()).isEqualTo(Limit.NONE);
    }

    @Test
    void charge_givesEachCreditOnce_andThenRefuses() {
        Account account = create(Limit.of(3));
        blocks.charge(account);
        blocks.charge(account);
        blocks.charge(account);
        assertRefused(account);
        assertRefused(account);
        assertThat(balance()).isEqualTo(Limit.of(0));
    }

    @Test
    void charge_refusesAtOnceWithoutCredits() {
        assertRefused(create(Limit.of(0)));
    }

    @Test
    void charge_neverGivesMoreThanThereAre_toManyThreadsAndNodes() throws Exception {
        Account account = create(Limit.of(2_000));
        AtomicInteger charged = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (CreditBlocks otherNode = new CreditBlocks(new Credits(room.database), schedule)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                CreditBlocks node = i % 2 == 0 ? blocks : otherNode;
                all.add(threads.submit(() -> {
                    while (tryCharge(node, account)) {
                        charged.incrementAndGet();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            // What one node had taken in advance when the other was refused.
            blocks.close();
            otherNode.close();
            assertThat(charged).hasPositiveValue();
            assertThat(balance()).isEqualTo(Limit.of(2_000 - charged.get()));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void charge_takesATwentiethInAdvance_atMost500() {
        Account account = create(Limit.of(100));
        blocks.charge(account);
        assertThat(balance()).isEqualTo(Limit.of(95));
        Account rich = room.accounts
                .create(new NewAccount("Rich", Profile.STRICT, List.of(), Limit.of(1_000_000), Limit.NONE))
                .account();
        blocks.charge(rich);
        assertThat(room.accounts.find(1002).orElseThrow().credits()).isEqualTo(Limit.of(999_500));
    }

    @Test
    void unusedCredits_areGivenBackSoon() {
        Account account = create(Limit.of(100));
        blocks.charge(account);
        await().atMost(Duration.ofSeconds(10)).until(() -> balance().equals(Limit.of(99)));
        blocks.charge(account);
        await().atMost(Duration.ofSeconds(10)).until(() -> balance().equals(Limit.of(98)));
    }

    @Test
    void close_givesBackWhatIsLeft() {
        Account account = create(Limit.of(100));
        blocks.charge(account);
        blocks.charge(account);
        blocks.close();
        assertThat(balance()).isEqualTo(Limit.of(98));
    }

    @Test
    void newLimit_countsFromTheNextCharge() {
        Account account = create(Limit.of(100));
        blocks.charge(account);
        Account changed = change(AccountChange.credits(Limit.of(2)));
        blocks.charge(changed);
        blocks.charge(changed);
        assertRefused(changed);
        blocks.close();
        assertThat(balance()).isEqualTo(Limit.of(0));
    }

    @Test
    void newLimit_endsARefusal() {
        Account account = create(Limit.of(0));
        assertRefused(account);
        Account changed = change(AccountChange.credits(Limit.of(1)));
        blocks.charge(changed);
        assertRefused(changed);
    }

    @Test
    void moreCredits_areAddedToWhatIsLeft() {
        Account account = create(Limit.of(1));
        blocks.charge(account);
        assertRefused(account);
        Account changed = change(new AccountChange(null, null, null, null, null, 2L, null));
        blocks.charge(changed);
        blocks.charge(changed);
        assertRefused(changed);
    }

    @Test
    void deletedAccount_isRefused() {
        Account account = create(Limit.of(1));
        room.accounts.delete(1001);
        assertRefused(account);
    }

    @Test
    void databaseOutOfReach_usesUpWhatWasTaken_andThenRefuses() {
        Account account = create(Limit.of(100));
        blocks.charge(account);
        room.database.close();
        TokenException refusal = null;
        int charged = 1;
        while (refusal == null) {
            refusal = catchThrowableOfType(TokenException.class, () -> blocks.charge(account));
            charged += refusal == null ? 1 : 0;
        }
        assertThat(refusal.code()).isEqualTo(ErrorCode.ADMIN_ERROR);
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(charged).isBetween(1, 5);
    }

    @Test
    void databaseOutOfReach_leavesUnusedCreditsToBeUsed() {
        Account account = create(Limit.of(100));
        blocks.charge(account);
        room.database.close();
        // Longer than it takes to give back what is not used.
        await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
        for (int i = 0; i < 4; i++) {
            blocks.charge(account);
        }
        TokenException refusal = catchThrowableOfType(TokenException.class, () -> blocks.charge(account));
        assertThat(refusal.code()).isEqualTo(ErrorCode.ADMIN_ERROR);
    }

    private Account create(Limit credits) {
        return room.accounts
                .create(new NewAccount("N", Profile.STRICT, List.of(), credits, Limit.NONE))
                .account();
    }

    private Account change(AccountChange change) {
        return room.accounts.change(1001, change).orElseThrow();
    }

    private Limit balance() {
        return room.accounts.find(1001).orElseThrow().credits();
    }

    private void assertRefused(Account account) {
        TokenException refusal = catchThrowableOfType(TokenException.class, () -> blocks.charge(account));
        assertThat(refusal).hasMessage("[-2019] Insufficient tokens available: the account has no credits left");
        assertThat(refusal.status()).isEqualTo(400);
    }

    private static boolean tryCharge(CreditBlocks node, Account account) {
        try {
            node.charge(account);
            return true;
        } catch (TokenException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INSUFFICIENT_TOKENS);
            return false;
        }
    }
}
