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
 * Charges for requests from a queue, which may be delivered again after a crash or a failed transaction. The decision about a place in the
 * queue is stored in the same transaction as the credit, so that each request is charged once.
 */
public final class QueueCharges {

    /** How long a place is remembered, although its message should not be delivered again. */
    static final Duration REMEMBERED = Duration.ofDays(1);

    /** How long a message is remembered if its queue has no order. */
    static final Duration MESSAGE_REMEMBERED = Duration.ofDays(30);

    /** Longer than for HTTP: no client waits, and there may be many charges to settle at once. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int CONCURRENT_CALLS = 8;

    private final Database database;
    private final Clock clock;

    /** Runs calls on threads of its own: consumers are interrupted if they do not stop in time, but database calls must not be. */
    private final DatabaseBulkhead bulkhead = new DatabaseBulkhead(CONCURRENT_CALLS, TIMEOUT);

    /** The charges in a database. */
    public QueueCharges(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A credit that is owed.
     *
     * @param place the position of the message in its queue
     * @param item the index of the request in its message, from 0
     * @param account the account that owes it
     */
    public record Debt(long place, int item, long account) {}

    private record Place(long place, int item) {}

    /**
     * Takes the credits that are owed for places of a queue, unless the decision about a place was stored before.
     *
     * @param queue the queue, or a part of it with an order of its own; at most 320 characters
     * @param debts the debts in the order of the queue; earlier debts are paid first, and a repeated place is paid once
     * @return for each debt whether it is paid; a debt is not paid if its account had no credits left
     * @throws io.playgrant.storage.StorageException if the database is unreachable or has not answered in time; then it is unknown whether
     *     anything was decided, and the caller repeats the call
     */
    public List<Boolean> settle(String queue, List<Debt> debts) {
        return debts.isEmpty()
                ? List.of()
                : bulkhead.call(() -> database.inTransaction(handle -> settle(handle, queue, debts)));
    }

    private List<Boolean> settle(Handle handle, String queue, List<Debt> debts) {
        // Locks before it reads decisions, so that it waits for another node that decides about the same places.
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

    /** The balance of each account that has a limit. Locks in the order of account numbers, so that two nodes never deadlock. */
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

    /** An account that has no limit, or no longer exists, owes nothing. */
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
     * Deletes decisions that are a day old, about places that are not read again.
     *
     * @param queue as in {@link #settle}
     * @param reached the first place that may be read again
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public void forgetBefore(String queue, long reached) {
        bulkhead.call(() -> database.inTransaction(handle -> handle.createUpdate(
                        "delete from queue_charge where queue = :queue and place < :reached and at < :until")
                .bind("queue", queue)
                .bind("reached", reached)
                .bind("until", clock.instant().minus(REMEMBERED).atOffset(ZoneOffset.UTC))
                .execute()));
    }

    /**
     * Deletes decisions that are 30 days old, about messages of queues without an order.
     *
     * @param prefix the prefix of the names of such queues
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public void forgetMessages(String prefix) {
        bulkhead.call(() -> database.inTransaction(
                handle -> handle.createUpdate("delete from queue_charge where queue like :queues and at < :until")
                        .bind("queues", prefix + "%")
                        .bind("until", clock.instant().minus(MESSAGE_REMEMBERED).atOffset(ZoneOffset.UTC))
                        .execute()));
    }

    private static Place placeOf(Debt debt) {
        return new Place(debt.place(), debt.item());
    }
}
