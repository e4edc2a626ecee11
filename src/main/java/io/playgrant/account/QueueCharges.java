package io.playgrant.account;

import io.playgrant.storage.Database;
import io.playgrant.storage.DatabaseBulkhead;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Charges for requests that come by a queue and may come again, after a crash or a failed transaction: what was decided about a place in
 * the queue stands in the database with the credit, so that it is paid for once.
 */
public final class QueueCharges {

    /** How long a place that should not be read again is remembered nevertheless. */
    static final Duration REMEMBERED = Duration.ofDays(1);

    /** How long a message is remembered that has no place in an order. */
    static final Duration MESSAGE_REMEMBERED = Duration.ofDays(30);

    /** Nobody at the other end of a queue waits, and there may be much to settle at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int ASKERS = 8;

    private final Database database;
    private final Clock clock;

    /** Consumers are interrupted if they do not end in time; what they ask must not be. */
    private final DatabaseBulkhead askers = new DatabaseBulkhead(ASKERS, PATIENCE);

    /** The charges in a database. */
    public QueueCharges(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A credit that is owed.
     *
     * @param place where the message stands in its queue
     * @param item where the request stands in its message, from 0
     * @param account who owes
     */
    public record Debt(long place, int item, long account) {}

    private record Place(long place, int item) {}

    /**
     * Takes the credits that are owed for places of a queue, unless that was decided before.
     *
     * @param queue the queue, or the part of one that has an order of its own; at most 320 characters
     * @param debts what is owed, in the queue's order; earlier ones are paid first, and a place that stands there twice is paid once
     * @return for each debt whether it is paid; one that is not has met an account without credits
     * @throws io.playgrant.storage.StorageException if the database is out of reach or has not answered in time; whether anything
     *     was decided is not known then, and the same call tells
     */
    public List<Boolean> settle(String queue, List<Debt> debts) {
        return debts.isEmpty()
                ? List.of()
                : askers.ask(() -> database.inTransaction(handle -> settle(handle, queue, debts)));
    }

    private List<Boolean> settle(Handle handle, String queue, List<Debt> debts) {
        // Before the look at what was decided: another node that is deciding about the same places is waited for here.
        Map<Long, Long> left = lockCredits(handle, debts);
        Map<Place, Boolean> decided = decided(handle, queue, debts);
        Map<Long, Long> taken = new HashMap<>();
        List<Place> decidedNow = new ArrayList<>();
        for (Debt debt : debts) {
            Place place = placeOf(debt);
            if (!decided.containsKey(place)) {
                decided.put(place, isPaid(debt.account(), left, taken));
                decidedNow.add(place);
            }
        }
        taken.forEach((account, credits) -> Credits.take(handle, account, credits));
        remember(handle, queue, decidedNow, decided);
        return debts.stream()
                .map(debt -> decided.getOrDefault(placeOf(debt), false))
                .toList();
    }

    /** What each account has left, if it has a limit; in one order of accounts, so that two nodes never wait for each other. */
    private static Map<Long, Long> lockCredits(Handle handle, List<Debt> debts) {
        Map<Long, Long> left = new HashMap<>();
        debts.stream()
                .map(Debt::account)
                .distinct()
                .sorted()
                .forEach(account ->
                        Credits.lock(handle, account).ifPresent(credits -> left.put(account, credits.size())));
        return left;
    }

    /** An account without a limit, or that is no more, owes nothing. */
    private static boolean isPaid(long account, Map<Long, Long> left, Map<Long, Long> taken) {
        Long credits = left.get(account);
        if (credits == null) {
            return true;
        }
        if (credits == 0) {
            return false;
        }
        left.put(account, credits - 1);
        taken.merge(account, 1L, Long::sum);
        return true;
    }

    private static Map<Place, Boolean> decided(Handle handle, String queue, List<Debt> debts) {
        long first = debts.stream().mapToLong(Debt::place).min().orElseThrow();
        long last = debts.stream().mapToLong(Debt::place).max().orElseThrow();
        return handle.createQuery("""
                        select place, item, charged from queue_charge
                         where queue = :queue and place between :first and :last
                        """)
                .bind("queue", queue)
                .bind("first", first)
                .bind("last", last)
                .reduceRows(new HashMap<>(), (all, row) -> {
                    all.put(
                            new Place(row.getColumn("place", Long.class), row.getColumn("item", Integer.class)),
                            row.getColumn("charged", Boolean.class));
                    return all;
                });
    }

    private void remember(Handle handle, String queue, List<Place> places, Map<Place, Boolean> decided) {
        if (places.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        try (PreparedBatch batch = handle.prepareBatch(
                "insert into queue_charge (queue, place, item, charged, at) values (?, ?, ?, ?, ?)")) {
            for (Place place : places) {
                batch.add(
                        queue,
                        place.place(),
                        place.item(),
                        decided.getOrDefault(place, false),
                        now.atOffset(ZoneOffset.UTC));
            }
            batch.execute();
        }
    }

    /**
     * Forgets places before one that has been reached for good, if they are a day old.
     *
     * @param queue as in {@link #settle}
     * @param reached the first place that may be read again
     * @throws io.playgrant.storage.StorageException if the database is out of reach
     */
    public void forgetBefore(String queue, long reached) {
        askers.ask(() -> database.inTransaction(handle -> handle.createUpdate(
                        "delete from queue_charge where queue = :queue and place < :reached and at < :until")
                .bind("queue", queue)
                .bind("reached", reached)
                .bind("until", clock.instant().minus(REMEMBERED).atOffset(ZoneOffset.UTC))
                .execute()));
    }

    /**
     * Forgets messages of queues without an order, if they are 30 days old.
     *
     * @param prefix what the names of such queues begin with
     * @throws io.playgrant.storage.StorageException if the database is out of reach
     */
    public void forgetMessages(String prefix) {
        askers.ask(() -> database.inTransaction(
                handle -> handle.createUpdate("delete from queue_charge where queue like :queues and at < :until")
                        .bind("queues", prefix + "%")
                        .bind("until", clock.instant().minus(MESSAGE_REMEMBERED).atOffset(ZoneOffset.UTC))
                        .execute()));
    }

    private static Place placeOf(Debt debt) {
        return new Place(debt.place(), debt.item());
    }
}
