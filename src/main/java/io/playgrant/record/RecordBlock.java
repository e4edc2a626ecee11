package io.playgrant.record;

import io.playgrant.account.Environment;
import io.playgrant.record.BlockContent.UnreadableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records of one account and environment that are stored in one row.
 *
 * @param account the account of all records
 * @param environment the environment of all records
 * @param oldest the time of the first record
 * @param newest the time of the last record, less than {@link #SPAN} later
 * @param records the number of records
 * @param content the records as {@link BlockContent}
 */
record RecordBlock(long account, Environment environment, Instant oldest, Instant newest, int records, byte[] content) {

    /** No block spans this time. So a search for records before a time need not look at blocks that end this much later. */
    static final Duration SPAN = Duration.ofSeconds(1);

    /** Keeps the largest content below the million bytes that H2 allows for a column. A redemption, which may be longer, counts twice. */
    static final int MOST_RECORDS = 500;

    private static final Comparator<TokenRecord> OLDEST_FIRST = Comparator.comparing(TokenRecord::time);

    /** The account and environment whose records a block holds. */
    record Owner(long account, Environment environment) {}

    /** Packs records in as few blocks as possible. */
    static List<RecordBlock> pack(List<TokenRecord> records) {
        Map<Owner, List<TokenRecord>> owned = new LinkedHashMap<>();
        for (TokenRecord record : records) {
            owned.computeIfAbsent(new Owner(record.account(), record.environment()), owner -> new ArrayList<>())
                    .add(record);
        }
        List<RecordBlock> blocks = new ArrayList<>();
        for (List<TokenRecord> ofOne : owned.values()) {
            ofOne.sort(OLDEST_FIRST);
            pack(ofOne, blocks);
        }
        return blocks;
    }

    private static void pack(List<TokenRecord> sorted, List<RecordBlock> blocks) {
        int begin = 0;
        while (begin < sorted.size()) {
            Instant end = sorted.get(begin).time().plus(SPAN);
            int next = begin;
            int weight = 0;
            do {
                weight += weight(sorted.get(next));
                next++;
            } while (next < sorted.size()
                    && weight + weight(sorted.get(next)) <= MOST_RECORDS
                    && sorted.get(next).time().isBefore(end));
            blocks.add(of(sorted.subList(begin, next)));
            begin = next;
        }
    }

    private static int weight(TokenRecord record) {
        return record.redemption() == null ? 1 : 2;
    }

    /** The block of these records, oldest first. */
    static RecordBlock of(List<TokenRecord> records) {
        TokenRecord first = records.get(0);
        TokenRecord last = records.get(records.size() - 1);
        return new RecordBlock(
                first.account(),
                first.environment(),
                first.time(),
                last.time(),
                records.size(),
                BlockContent.write(records));
    }

    /**
     * The records, oldest first.
     *
     * @throws UnreadableException if the content cannot be read
     */
    List<TokenRecord> read() throws UnreadableException {
        return BlockContent.read(content, account, environment);
    }
}
