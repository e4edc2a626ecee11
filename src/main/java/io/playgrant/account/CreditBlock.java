package io.playgrant.account;

import io.playgrant.account.Credits.Taken;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.storage.NonBlockingThreads;
import io.playgrant.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Credits of one account that were taken in advance. They are counted down without a lock; only taking more needs the lock. */
final class CreditBlock {

    private static final Logger LOG = LoggerFactory.getLogger(CreditBlocks.class);

    /** How long a request waits while another one takes more credits. It does not wait if the last attempt failed. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

    /** How long a refusal is remembered, so that many requests do not query the database at once. */
    private static final Duration REFUSAL_REMEMBERED = Duration.ofSeconds(1);

    private final long account;
    private final Credits credits;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong left = new AtomicLong();

    /** The revision of the account when credits were last taken. */
    private volatile long revision = -1;

    private volatile boolean unreachable;

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

    /** Fails if the account was changed since: its credits may have been set anew. */
    private boolean count(Account current) {
        return current.revision() <= revision && left.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0;
    }

    private boolean chargeAfterTakingMore(Account current) {
        NonBlockingThreads.refuseCurrent();
        lockOrRefuse();
        try {
            if (closed || count(current)) {
                return !closed;
            }
            if (refusal != null
                    && current.revision() <= revision
                    && System.nanoTime() - refusedAt < REFUSAL_REMEMBERED.toNanos()) {
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

    /** Returns the rest of the last block, takes a new block, and one credit of it. */
    private @Nullable TokenException takeMore(Account current) {
        Taken unused = new Taken(left.getAndSet(0), epoch);
        // After the rest was removed above: it must not count as credits of the changed account.
        revision = Math.max(revision, current.revision());
        try {
            Taken taken = credits.take(account, unused).orElse(Taken.NOTHING);
            unreachable = false;
            if (taken.size() == 0) {
                return TokenException.of(ErrorCode.INSUFFICIENT_TOKENS, "the account has no credits left");
            }
            epoch = taken.epoch();
            left.set(taken.size() - 1);
            return null;
        } catch (StorageException e) {
            logLoss(unused, e);
            unreachable = true;
            return unreachable(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns the remaining credits if none of them was used since the last call.
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
     * Returns the remaining credits.
     *
     * @return true
     */
    boolean close() {
        lock.lock();
        try {
            closed = true;
            returnCredits();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void returnCredits() {
        Taken unused = new Taken(left.getAndSet(0), epoch);
        try {
            if (unused.size() > 0) {
                credits.returnCredits(account, unused);
            }
        } catch (StorageException e) {
            logLoss(unused, e);
        }
    }

    /** It is unknown whether the credits were returned, so this block does not use them either. */
    private void logLoss(Taken unused, StorageException failure) {
        if (unused.size() > 0) {
            LOG.error("{} credits of account {} may be lost. {}", unused.size(), account, failure.getMessage());
        }
    }

    private static TokenException unreachable(String reason) {
        return TokenException.of(ErrorCode.ADMIN_ERROR, "the account storage is out of reach, try again later")
                .because(reason);
    }

    private void lockOrRefuse() {
        try {
            if (unreachable ? lock.tryLock() : lock.tryLock(LOCK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        unreachable = true;
        throw unreachable("other requests already wait for credits of the account");
    }
}
