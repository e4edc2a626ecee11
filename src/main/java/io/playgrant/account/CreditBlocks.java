package io.playgrant.account;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The credits that this process has taken in advance, so that most tokens are charged for without the database. What is not used
 * within a second or so is given back; so is the rest at the end. With a process that is killed at most one block of each account is
 * lost.
 */
public final class CreditBlocks implements AutoCloseable {

    private final Credits credits;
    private final ConcurrentMap<Long, CreditBlock> blocks = new ConcurrentHashMap<>();
    private final Poller poller;

    /** Blocks of these credits, until it is closed. */
    public CreditBlocks(Credits credits, Schedule schedule) {
        this.credits = credits;
        this.poller = schedule.start("unused-credits", this::giveBackUnused);
    }

    /**
     * Takes one credit of an account, if it has a limit. Must be called before the token leaves the process.
     *
     * @throws TokenException {@link ErrorCode#INSUFFICIENT_TOKENS} if none is left, {@link ErrorCode#ADMIN_ERROR} if the database must
     *     be asked and is out of reach
     */
    public void charge(Account account) {
        if (account.credits().isNone()) {
            return;
        }
        boolean charged = false;
        while (!charged) {
            // A block that was closed meanwhile is not in the map any more.
            charged = blocks.computeIfAbsent(account.number(), number -> new CreditBlock(number, credits))
                    .charge(account);
        }
    }

    private void giveBackUnused() {
        // While the database is away, what is offered to it may be lost; here it can still be used.
        if (!blocks.isEmpty() && credits.areReachable()) {
            blocks.values().removeIf(CreditBlock::closeIfUnused);
        }
    }

    /** Gives back all that is left. Nobody may charge any more. */
    @Override
    public void close() {
        poller.close();
        blocks.values().removeIf(CreditBlock::close);
    }
}
