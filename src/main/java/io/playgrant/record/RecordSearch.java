package io.playgrant.record;

import io.playgrant.account.Environment;
import io.playgrant.record.BlockContent.UnreadableException;
import io.playgrant.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One search: the records of blocks, and those of single rows from earlier versions, in one order, newest first. It reads block by block.
 * Records whose time more than one block may hold wait until all of these blocks are read.
 */
final class RecordSearch {

    private static final Comparator<TokenRecord> NEWEST_FIRST =
            Comparator.comparing(TokenRecord::time).reversed();

    /** The approximate size of a single row. */
    private static final int ROW_LENGTH = 500;

    private static final int MOST_ROWS = 4_096;

    /** A full block has 50 KB, and one of long texts some hundred. */
    private static final int MOST_BLOCKS = 64;

    private final Handle handle;
    private final RecordQuery query;
    private final Duration timeout;
    private final @Nullable Duration budget;
    private final UnreadableBlocks unreadable;
    private final long begin = System.nanoTime();
    private final Instant first;
    private final Instant last;
    private final List<Source<?>> sources;

    /** Matching records that were read, the newest first. They wait while a block that was not read may hold newer ones. */
    private final List<TokenRecord> pending = new ArrayList<>();

    private final List<TokenRecord> found = new ArrayList<>();
    private int toSkip;
    private @Nullable Instant searchedTo;

    /**
     * What a search found.
     *
     * @param records the newest records that match
     * @param searchedTo the time after which all matching records were found, if the budget ended first; else null
     */
    record Found(List<TokenRecord> records, @Nullable Instant searchedTo) {}

    /** Rows of a table in the order of an index. A search merges several. */
    private record Source<R>(
            RowReader<R> reader, Function<R, Instant> newest, Function<R, List<TokenRecord>> matching) {

        /** The time of the newest record that the next row may have; null at the end. */
        @Nullable
        Instant peek() {
            R row = reader.peek();
            return row == null ? null : newest.apply(row);
        }

        /** The matching records of the next row, newest first. */
        List<TokenRecord> next() {
            return matching.apply(reader.next());
        }
    }

    private RecordSearch(
            Handle handle,
            RecordQuery query,
            Duration timeout,
            @Nullable Duration budget,
            UnreadableBlocks unreadable) {
        this.handle = handle;
        this.query = query;
        this.timeout = timeout;
        this.budget = budget;
        this.unreadable = unreadable;
        this.first = query.from() == null ? RecordQuery.EARLIEST : query.from();
        this.last = last(query);
        this.toSkip = query.before() == null ? 0 : query.before().shown();
        this.sources = sources();
    }

    /**
     * The newest records that match a query.
     *
     * @param limit the largest number of records
     * @param timeout the time limit in whole seconds; zero for none
     * @param unreadable where blocks are reported that cannot be read
     * @throws StorageException if the search takes longer
     */
    static List<TokenRecord> find(
            Handle handle, RecordQuery query, int limit, Duration timeout, UnreadableBlocks unreadable) {
        return new RecordSearch(handle, query, timeout, null, unreadable)
                .find(limit)
                .records();
    }

    /**
     * The newest records that match a query and can be found within a budget.
     *
     * @param limit the largest number of records
     * @param budget the time after which the search stops. It takes longer if it must to make any progress
     * @param unreadable where blocks are reported that cannot be read
     */
    static Found findWithin(Handle handle, RecordQuery query, int limit, Duration budget, UnreadableBlocks unreadable) {
        return new RecordSearch(handle, query, Duration.ZERO, budget, unreadable).find(limit);
    }

    /** The last time of the period. The end of a query is exclusive, and the time of its cursor inclusive. */
    private static Instant last(RecordQuery query) {
        Instant last = query.to() == null
                ? RecordQuery.LATEST
                : query.to().minusNanos(1).truncatedTo(ChronoUnit.MICROS);
        return query.before() != null && query.before().time().isBefore(last)
                ? query.before().time()
                : last;
    }

    /**
     * For an account, the rows of each environment, in the order of the index. For all accounts, all rows, also of an environment that is
     * not searched: the database would look for rows of a seldom used one without an end.
     */
    private List<Source<?>> sources() {
        List<RecordBlock.@Nullable Owner> owners = new ArrayList<>();
        if (query.account() == null) {
            owners.add(null);
        } else if (query.environment() == null) {
            for (Environment environment : Environment.values()) {
                owners.add(new RecordBlock.Owner(query.account(), environment));
            }
        } else {
            owners.add(new RecordBlock.Owner(query.account(), query.environment()));
        }
        List<Source<?>> all = new ArrayList<>();
        owners.forEach(owner -> all.add(blocks(owner)));
        owners.forEach(owner -> all.add(rows(owner)));
        return all;
    }

    private Source<BlockTable.Row> blocks(RecordBlock.@Nullable Owner owner) {
        return new Source<>(
                new RowReader<>(
                        (after, limit) -> BlockTable.find(handle, owner, first, last, after, limit, remainingSeconds()),
                        row -> row.block().content().length,
                        MOST_BLOCKS),
                BlockTable.Row::newest,
                this::matching);
    }

    private Source<RecordTable.Row> rows(RecordBlock.@Nullable Owner owner) {
        return new Source<>(
                new RowReader<>(
                        (after, limit) ->
                                RecordTable.find(handle, owner, first, last, after, limit, remainingSeconds()),
                        row -> ROW_LENGTH,
                        MOST_ROWS),
                RecordTable.Row::newest,
                row -> matches(row.record()) ? List.of(row.record()) : List.of());
    }

    private Found find(int limit) {
        while (found.size() < limit) {
            Source<?> next = null;
            Instant newest = Instant.MIN;
            for (Source<?> source : sources) {
                Instant peeked = source.peek();
                if (peeked != null && peeked.isAfter(newest)) {
                    next = source;
                    newest = peeked;
                }
            }
            release(newest, limit);
            if (next == null || found.size() == limit) {
                break;
            }
            if (isBudgetSpent() && newest.isBefore(last)) {
                searchedTo = newest;
                break;
            }
            List<TokenRecord> matching = next.next();
            if (!matching.isEmpty()) {
                pending.addAll(matching);
                // Stable: records of the same time keep the order of their blocks, on which cursors depend.
                pending.sort(NEWEST_FIRST);
            }
        }
        return new Found(found, searchedTo);
    }

    /** Takes the pending records that are newer than everything that is not read yet. */
    private void release(Instant newestUnread, int limit) {
        int released = 0;
        while (released < pending.size()
                && found.size() < limit
                && pending.get(released).time().isAfter(newestUnread)) {
            TokenRecord record = pending.get(released);
            released++;
            if (toSkip > 0
                    && query.before() != null
                    && record.time().equals(query.before().time())) {
                toSkip--;
            } else {
                found.add(record);
            }
        }
        pending.subList(0, released).clear();
    }

    /** The matching records of a block, newest first. */
    private List<TokenRecord> matching(BlockTable.Row row) {
        // Fails if the search takes too long.
        remainingSeconds();
        List<TokenRecord> matching = new ArrayList<>();
        if (!isOfEnvironment(row.block().environment())
                || !BlockContent.mayMatch(row.block().content(), query.filter())) {
            return matching;
        }
        for (TokenRecord record : readable(row)) {
            if (matches(record)) {
                matching.add(record);
            }
        }
        Collections.reverse(matching);
        return matching;
    }

    private boolean matches(TokenRecord record) {
        return !record.time().isBefore(first)
                && !record.time().isAfter(last)
                && isOfEnvironment(record.environment())
                && query.filter().matches(record);
    }

    private boolean isOfEnvironment(Environment environment) {
        return query.environment() == null || query.environment() == environment;
    }

    private boolean isBudgetSpent() {
        return budget != null && System.nanoTime() - begin >= budget.toNanos();
    }

    /** The records of a block; none if it cannot be read, so that the rest of the records can be found all the same. */
    private List<TokenRecord> readable(BlockTable.Row row) {
        try {
            return row.block().read();
        } catch (UnreadableException e) {
            unreadable.report(row, e);
            return List.of();
        }
    }

    /** How much of the time limit is left, at least 1; 0 for no limit. */
    private int remainingSeconds() {
        if (timeout.isZero()) {
            return 0;
        }
        Duration remaining = timeout.minusNanos(System.nanoTime() - begin);
        if (remaining.isNegative()) {
            throw new StorageException("The search takes longer than " + timeout.toSeconds() + " seconds");
        }
        return (int) remaining.toSeconds() + 1;
    }
}
