package io.playgrant.account;

import io.playgrant.account.Credits.Taken;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Credits of one account that were taken in advance. They are counted down without a lock; the lock is for taking more. */
final class CreditBlock {

    private static final Logger LOG = LoggerFactory.getLogger(CreditBlocks.class);

    /** How long a request waits while another one takes more, unless that failed the last time. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long an answer of the database that gave no credit stands: many requests must not ask it all at once. */
    private static final Duration STANDS = Duration.ofSeconds(1);

    private final long account;
    private final Credits credits;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong left = new AtomicLong();

    /** The account's revision for which credits were taken last. */
    private volatile long revision = -1;

    private volatile boolean outOfReach;

    // Guarded by the lock.
    private long epoch;
    private @Nullable TokenException refusal;
    private long refusedAt;
    private long leftAtLastLook;
    private boolean closed;

    CreditBlock(long account, Credits credits) {
        this.account = account;
        this.credits = credits;
    }

    /**
     * Takes one credit.
     *
     * @return false if this block is closed
     */
    boolean charge(Account current) {
        return count(current) || chargeAfterTakingMore(current);
    }

    /** An account that was changed may have been given other credits than those that are left here. */
    private boolean count(Account current) {
        return current.revision() <= revision && left.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0;
    }

    private boolean chargeAfterTakingMore(Account current) {
        lockOrRefuse();
        try {
            if (closed || count(current)) {
                return !closed;
            }
            if (refusal != null && current.revision() <= revision && System.nanoTime() - refusedAt < STANDS.toNanos()) {
                throw refusal;
            }
            refusal = takeMore(current);
            refusedAt = System.nanoTime();
            if (refusal != null) {
                throw refusal;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a block, and one credit of it. What is left of the one before goes back. */
    private @Nullable TokenException takeMore(Account current) {
        Taken unused = new Taken(left.getAndSet(0), epoch);
        // Not before: what is left must not be counted as credits of the changed account.
        revision = Math.max(revision, current.revision());
        try {
            Taken taken = credits.take(account, unused).orElse(Taken.NOTHING);
            outOfReach = false;
            if (taken.size() == 0) {
                return TokenException.of(ErrorCode.INSUFFICIENT_TOKENS, "the account has no credits left");
            }
            epoch = taken.epoch();
            left.set(taken.size() - 1);
            return null;
        } catch (StorageException e) {
            tellOfLoss(unused, e);
            outOfReach = true;
            return outOfReach(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Gives back what is left if none of it was used since the last look.
     *
     * @return whether this block is closed
     */
    boolean closeIfUnused() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            long now = left.get();
            if (now != leftAtLastLook) {
                leftAtLastLook = now;
                return false;
            }
            return close();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives back what is left.
     *
     * @return true
     */
    boolean close() {
        lock.lock();
        try {
            closed = true;
            giveBack();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack() {
        Taken unused = new Taken(left.getAndSet(0), epoch);
        try {
            if (unused.size() > 0) {
                credits.giveBack(account, unused);
            }
        } catch (StorageException e) {
            tellOfLoss(unused, e);
        }
    }

    /** Whether they were given back is not known, so they are not used here either. */
    private void tellOfLoss(Taken unused, StorageException failure) {
        if (unused.size() > 0) {
            LOG.error("{} credits of account {} may be lost. {}", unused.size(), account, failure.getMessage());
        }
    }

    private static TokenException outOfReach(String reason) {
        return TokenException.of(ErrorCode.ADMIN_ERROR, "the account storage is out of reach, try again later")
                .because(reason);
    }

    private void lockOrRefuse() {
        try {
            if (outOfReach ? lock.tryLock() : lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outOfReach = true;
        throw outOfReach("others wait for credits of the account already");
    }
}
