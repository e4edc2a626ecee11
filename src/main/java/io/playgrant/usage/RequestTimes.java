package io.playgrant.usage;

import io.playgrant.storage.CountTable;
import io.playgrant.storage.CountTable.Addition;
import io.playgrant.storage.Database;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The request times of all nodes in the database: how many requests of a source took how long, per minute and per hour. Every method throws
 * {@link io.playgrant.storage.StorageException} if the database is unreachable.
 */
public final class RequestTimes {

    /** The largest times of the buckets in which requests are counted. */
    public static final List<Duration> BUCKETS = List.of(
            Duration.ofNanos(250_000),
            Duration.ofNanos(500_000),
            Duration.ofMillis(1),
            Duration.ofNanos(2_500_000),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    /** The bucket of the requests that took longer than all other buckets allow. */
    public static final long SLOWEST = 0;

    private static final List<String> KEY = List.of("source", "slot", "bucket");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Database database;
    private final CountTable minutes;
    private final CountTable hours;

    /** The request times in a database. */
    public RequestTimes(Database database) {
        this.database = database;
        this.minutes = database.counts("request_time_minute", KEY, List.of("requests"));
        this.hours = database.counts("request_time_hour", KEY, List.of("requests"));
    }

    /**
     * Requests of a node.
     *
     * @param source their source, as in metrics
     * @param minute a time in their minute
     * @param bucket the largest time that they took, in microseconds; {@link #SLOWEST} if there is no limit
     * @param requests their number
     */
    public record Bucket(String source, Instant minute, long bucket, long requests) {

        /** The same order on all nodes, so that none waits for another that waits for it. */
        private static final Comparator<Bucket> ORDER = Comparator.comparing(Bucket::source)
                .thenComparing(Bucket::minute)
                .thenComparingLong(Bucket::bucket);

        private Addition in(Duration slot) {
            return new Addition(
                    List.of(source, Math.floorDiv(minute.getEpochSecond(), slot.toSeconds()), bucket), requests);
        }
    }

    /** Adds requests of a node, all or none of them. */
    public void add(List<Bucket> buckets) {
        List<Bucket> sorted = new ArrayList<>(buckets);
        sorted.sort(Bucket.ORDER);
        database.inTransaction(transaction -> {
            minutes.add(transaction, in(MINUTE, sorted));
            hours.add(transaction, in(HOUR, sorted));
            return sorted.size();
        });
    }

    private static List<Addition> in(Duration slot, List<Bucket> sorted) {
        return sorted.stream().map(bucket -> bucket.in(slot)).toList();
    }

    /**
     * The request times of a source, for each step in which there are requests.
     *
     * @param from the beginning, which is moved back to a whole step since 1970 in UTC
     * @param to the end, exclusive
     * @param step the length of a period: whole minutes, or whole hours, which are read faster
     */
    public List<RequestTime> find(Instant from, Instant to, Duration step, String source) {
        boolean byHour = step.toMillis() % HOUR.toMillis() == 0;
        Duration slot = byHour ? HOUR : MINUTE;
        long slots = step.dividedBy(slot);
        long first = Math.floorDiv(from.getEpochSecond(), step.toSeconds()) * slots;
        long end = -Math.floorDiv(-to.getEpochSecond(), slot.toSeconds());
        SortedMap<Long, BucketCounts> found = new TreeMap<>();
        database.withHandle(handle -> handle.createQuery("select slot / " + slots
                        + " as step, bucket, sum(requests) as total from "
                        + (byHour ? "request_time_hour" : "request_time_minute")
                        + " where source = :source and slot >= :first and slot < :end group by slot / " + slots
                        + ", bucket")
                .bind("source", source)
                .bind("first", first)
                .bind("end", end)
                .scanResultSet((rows, context) -> {
                    ResultSet row = rows.get();
                    while (row.next()) {
                        found.computeIfAbsent(row.getLong("step"), absent -> new BucketCounts())
                                .add(row.getLong("bucket"), row.getLong("total"));
                    }
                    return found;
                }));
        return found.entrySet().stream()
                .map(one -> one.getValue().times(Instant.EPOCH.plus(step.multipliedBy(one.getKey()))))
                .toList();
    }
}
