package io.playgrant.account;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The credits that this process has taken in advance, so that most tokens are charged without the database. It returns credits that are
 * unused for about a second, and all of them on shutdown. If a process is killed, at most one block of each account is lost.
 */
public final class CreditBlocks implements AutoCloseable {

    private final Credits credits;
    private final ConcurrentMap<Long, CreditBlock> blocks = new ConcurrentHashMap<>();
    private final Poller poller;

    /** Takes blocks of these credits until it is closed. */
    public CreditBlocks(Credits credits, Schedule schedule) {
        this.credits = credits;
        this.poller = schedule.start("unused-credits", this::returnUnused);
    }

    /**
     * Takes one credit of an account, if it has a limit. Must be called before the token leaves the process.
     *
     * @throws TokenException {@link ErrorCode#INSUFFICIENT_TOKENS} if no credit is left, {@link ErrorCode#ADMIN_ERROR} if more credits must
     *     be taken and the database is unreachable
     */
    public void charge(Account account) {
        if (account.credits().isNone()) {
            return;
        }
        boolean charged = false;
        while (!charged) {
            // If the block was closed meanwhile, the map no longer contains it.
            charged = blocks.computeIfAbsent(account.number(), number -> new CreditBlock(number, credits))
                    .charge(account);
        }
    }

    private void returnUnused() {
        // While the database is unreachable, returned credits may be lost. Here they can still be used.
        if (!blocks.isEmpty() && credits.areReachable()) {
            blocks.values().removeIf(CreditBlock::closeIfUnused);
        }
    }

    /** Returns all remaining credits. {@link #charge} must not be called any more. */
    @Override
    public void close() {
        poller.close();
        blocks.values().removeIf(CreditBlock::close);
    }
}
