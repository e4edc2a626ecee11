package io.playgrant.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.QueueCharges.Debt;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import io.playgrant.time.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class QueueChargesTest {

    private static final String QUEUE = "kafka:requests:0";
    private static final String OTHER = "kafka:requests:1";

    @AutoClose
    private final Schedule schedule = new Schedule();

    private TestDatabase databases;
    private AccountRoom room;
    private QueueCharges charges;

    @BeforeEach
    void open(TestDatabase databases) {
        this.databases = databases;
        room = new AccountRoom(databases);
        charges = chargesAfter(Duration.ZERO);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void settle_takesACreditForEachDebt() {
        long account = create(Limit.of(10));
        assertThat(settle(debt(7, 0, account), debt(7, 1, account), debt(8, 0, account)))
                .containsExactly(true, true, true);
        assertThat(balance(account)).isEqualTo(Limit.of(7));
    }

    @Test
    void settle_takesNothingForNothing() {
        assertThat(charges.settle(QUEUE, List.of())).isEmpty();
    }

    @Test
    void settle_givesTheSameAnswersAgain_andTakesNothing() {
        long account = create(Limit.of(1));
        Debt[] debts = {debt(7, 0, account), debt(7, 1, account)};
        assertThat(settle(debts)).containsExactly(true, false);
        // Credits that came meanwhile change nothing that was decided.
        add(account, 5);
        assertThat(settle(debts)).containsExactly(true, false);
        assertThat(balance(account)).isEqualTo(Limit.of(5));
    }

    @Test
    void settle_decidesOnlyAboutWhatIsNew() {
        long account = create(Limit.of(10));
        settle(debt(7, 0, account), debt(9, 0, account));
        assertThat(settle(debt(7, 0, account), debt(8, 0, account), debt(9, 0, account), debt(9, 1, account)))
                .containsExactly(true, true, true, true);
        assertThat(balance(account)).isEqualTo(Limit.of(6));
    }

    @Test
    void settle_paysEarlierPlacesFirst() {
        long account = create(Limit.of(2));
        assertThat(settle(debt(7, 0, account), debt(7, 1, account), debt(8, 0, account)))
                .containsExactly(true, true, false);
        assertThat(balance(account)).isEqualTo(Limit.of(0));
    }

    @Test
    void settle_paysAPlaceThatStandsThereTwiceOnce() {
        long account = create(Limit.of(2));
        assertThat(settle(debt(7, 0, account), debt(7, 0, account))).containsExactly(true, true);
        assertThat(balance(account)).isEqualTo(Limit.of(1));
    }

    @Test
    void settle_knowsQueuesApart() {
        long account = create(Limit.of(10));
        charges.settle(QUEUE, List.of(debt(7, 0, account)));
        charges.settle(OTHER, List.of(debt(7, 0, account)));
        assertThat(balance(account)).isEqualTo(Limit.of(8));
    }

    @Test
    void settle_takesEachAccountsOwnCredits() {
        long rich = create(Limit.of(10));
        long poor = create(Limit.of(0));
        long free = create(Limit.NONE);
        assertThat(settle(debt(1, 0, poor), debt(2, 0, rich), debt(3, 0, free), debt(4, 0, poor), debt(5, 0, rich)))
                .containsExactly(false, true, true, false, true);
        assertThat(balance(rich)).isEqualTo(Limit.of(8));
        assertThat(balance(poor)).isEqualTo(Limit.of(0));
        assertThat(balance(free)).isEqualTo(Limit.NONE);
    }

    @Test
    void settle_asksNothingOfAnAccountThatIsNoMore() {
        long account = create(Limit.of(1));
        room.accounts.delete(account);
        assertThat(settle(debt(7, 0, account))).containsExactly(true);
    }

    @Test
    void settle_takesWholeBatches() {
        long account = create(Limit.of(1_500));
        List<Debt> debts = IntStream.range(0, 2_000)
                .mapToObj(i -> debt(i / 1_000, i % 1_000, account))
                .toList();
        assertThat(charges.settle(QUEUE, debts))
                .isEqualTo(IntStream.range(0, 2_000).mapToObj(i -> i < 1_500).toList());
        assertThat(balance(account)).isEqualTo(Limit.of(0));
    }

    @Test
    void samePlaces_onManyNodesAtOnce_arePaidOnce() throws Exception {
        long account = create(Limit.of(10_000));
        try (Database other = databases.open()) {
            List<QueueCharges> nodes = List.of(charges, new QueueCharges(other, clockAfter(Duration.ZERO)));
            for (int round = 0; round < 20; round++) {
                long first = round * 100L;
                List<Debt> debts = LongStream.range(first, first + 100)
                        .mapToObj(place -> debt(place, 0, account))
                        .toList();
                assertThat(atOnce(List.of(
                                () -> nodes.get(0).settle(QUEUE, debts),
                                () -> nodes.get(1).settle(QUEUE, debts),
                                () -> nodes.get(1).settle(QUEUE, debts))))
                        .allSatisfy(paid -> assertThat(paid).hasSize(100).containsOnly(true));
            }
        }
        assertThat(balance(account)).isEqualTo(Limit.of(8_000));
    }

    @Test
    void accountsInOppositeOrders_doNotWaitForEachOther() throws Exception {
        long one = create(Limit.of(1_000));
        long two = create(Limit.of(1_000));
        for (int round = 0; round < 50; round++) {
            long place = round;
            assertThat(atOnce(List.of(
                            () -> charges.settle(QUEUE, List.of(debt(place, 0, one), debt(place, 1, two))),
                            () -> charges.settle(OTHER, List.of(debt(place, 0, two), debt(place, 1, one))))))
                    .allSatisfy(paid -> assertThat(paid).containsExactly(true, true));
        }
        assertThat(balance(one)).isEqualTo(Limit.of(900));
        assertThat(balance(two)).isEqualTo(Limit.of(900));
    }

    @Test
    void creditsInBlocks_andCreditsForQueues_areNeverMoreThanThereAre() throws Exception {
        Account account = room.accounts
                .create(new NewAccount("N", Profile.STRICT, List.of(), Limit.of(2_000), Limit.NONE))
                .account();
        long number = account.number();
        try (CreditBlocks blocks = new CreditBlocks(new Credits(room.database), schedule)) {
            List<List<Boolean>> paid = atOnce(List.of(
                    () -> IntStream.range(0, 500)
                            .mapToObj(i -> {
                                blocks.charge(account);
                                return true;
                            })
                            .toList(),
                    () -> IntStream.range(0, 50)
                            .mapToObj(i -> charges.settle(QUEUE, tenDebts(i, number)))
                            .flatMap(List::stream)
                            .toList()));
            assertThat(paid)
                    .allSatisfy(answers -> assertThat(answers).hasSize(500).containsOnly(true));
        }
        assertThat(balance(number)).isEqualTo(Limit.of(1_000));
    }

    private static List<Debt> tenDebts(long place, long account) {
        return IntStream.range(0, 10).mapToObj(i -> debt(place, i, account)).toList();
    }

    @Test
    void databaseOutOfReach_isSaid_andTheSameCallTellsLater() {
        long account = create(Limit.of(10));
        settle(debt(7, 0, account));
        room.database.close();
        assertThatThrownBy(() -> settle(debt(7, 0, account), debt(8, 0, account)))
                .isInstanceOf(StorageException.class);
        room = new AccountRoom(databases);
        charges = chargesAfter(Duration.ZERO);
        assertThat(settle(debt(7, 0, account), debt(8, 0, account))).containsExactly(true, true);
        assertThat(balance(account)).isEqualTo(Limit.of(8));
    }

    @Test
    void databaseClosedInTheMidst_isNeitherPaidTwiceNorForNothing() throws Exception {
        long account = create(Limit.of(100_000));
        int decided = 0;
        for (int round = 0; round < 5; round++) {
            Database closing = room.database;
            QueueCharges before = charges;
            int first = decided;
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<Integer> settled = thread.submit(() -> settleUntilItFails(before, first, account));
                closing.close();
                decided = settled.get();
            } finally {
                thread.shutdownNow();
            }
            room = new AccountRoom(databases);
            charges = chargesAfter(Duration.ZERO);
            // The call that failed, once more.
            charges.settle(QUEUE, tenDebts(decided, account));
            decided++;
            assertThat(balance(account)).isEqualTo(Limit.of(100_000 - decided * 10L));
        }
    }

    private static int settleUntilItFails(QueueCharges charges, int first, long account) {
        int place = first;
        while (true) {
            try {
                charges.settle(QUEUE, tenDebts(place, account));
                place++;
            } catch (StorageException e) {
                return place;
            }
        }
    }

    @Test
    void forgetBefore_forgetsWhatWasReachedADayAgo() {
        long account = create(Limit.of(10));
        settle(debt(7, 0, account), debt(8, 0, account));
        charges.settle(OTHER, List.of(debt(7, 0, account)));

        chargesAfter(Duration.ofDays(1)).forgetBefore(QUEUE, 8);
        assertThat(places()).containsExactly(QUEUE + " 7", QUEUE + " 8", OTHER + " 7");
        chargesAfter(Duration.ofDays(1).plusSeconds(1)).forgetBefore(QUEUE, 8);
        assertThat(places()).containsExactly(QUEUE + " 8", OTHER + " 7");
    }

    @Test
    void forgetMessages_forgetsWhatIs30DaysOld_ofSomeQueuesOnly() {
        long account = create(Limit.of(10));
        charges.settle("jms:one", List.of(debt(0, 0, account)));
        charges.settle("kafka:one", List.of(debt(0, 0, account)));

        chargesAfter(Duration.ofDays(30)).forgetMessages("jms:");
        assertThat(places()).containsExactly("jms:one 0", "kafka:one 0");
        chargesAfter(Duration.ofDays(30).plusSeconds(1)).forgetMessages("jms:");
        assertThat(places()).containsExactly("kafka:one 0");
    }

    private QueueCharges chargesAfter(Duration time) {
        return new QueueCharges(room.database, clockAfter(time));
    }

    private static Clock clockAfter(Duration time) {
        return Clock.fixed(AccountRoom.NOW.plus(time), ZoneOffset.UTC);
    }

    private static Debt debt(long place, int item, long account) {
        return new Debt(place, item, account);
    }

    private List<Boolean> settle(Debt... debts) {
        return charges.settle(QUEUE, List.of(debts));
    }

    private long create(Limit credits) {
        return room.accounts
                .create(new NewAccount("N", Profile.STRICT, List.of(), credits, Limit.NONE))
                .account()
                .number();
    }

    private void add(long account, long credits) {
        room.accounts.change(account, new AccountChange(null, null, null, null, null, credits, null));
    }

    private Limit balance(long account) {
        return room.accounts.find(account).orElseThrow().credits();
    }

    private List<String> places() {
        return room.database.withHandle(
                handle -> handle.createQuery("select queue || ' ' || place from queue_charge order by queue, place")
                        .mapTo(String.class)
                        .list());
    }

    /** What all of them come to, when none begins before the others. */
    private static List<List<Boolean>> atOnce(List<Callable<List<Boolean>>> all) throws Exception {
        CyclicBarrier start = new CyclicBarrier(all.size());
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try {
            List<Future<List<Boolean>>> begun = new ArrayList<>();
            for (Callable<List<Boolean>> one : all) {
                begun.add(threads.submit(() -> {
                    start.await();
                    return one.call();
                }));
            }
            List<List<Boolean>> answers = new ArrayList<>();
            for (Future<List<Boolean>> one : begun) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
