package io.playgrant.record;

import io.playgrant.record.BlockContent.UnreadableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports blocks that cannot be read, at most one in a second, because a search may find many of them, and every search the same ones. */
final class UnreadableBlocks {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableBlocks.class);
    private static final long BETWEEN_REPORTS = Duration.ofSeconds(1).toNanos();

    private final AtomicLong reported = new AtomicLong(System.nanoTime() - BETWEEN_REPORTS);

    void report(BlockTable.Row row, UnreadableException reason) {
        long now = System.nanoTime();
        long last = reported.get();
        if (now - last >= BETWEEN_REPORTS && reported.compareAndSet(last, now)) {
            RecordBlock block = row.block();
            LOG.error(
                    "{} records of account {}, {}, from {} to {} cannot be read and are left out: {} (record_block {})",
                    block.records(),
                    block.account(),
                    block.environment().label(),
                    block.oldest(),
                    block.newest(),
                    reason.getMessage(),
                    row.id());
        }
    }
}
