package io.playgrant.license;

import static java.util.Objects.requireNonNull;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.RedemptionTable.Row;
import io.playgrant.storage.Database;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.StorageException;
import io.playgrant.token.Claims;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the limit of tokens that may be redeemed only so often, for any number of servers on one database. A redemption is reserved before
 * the licence is asked for, and confirmed before the licence is sent. At any time, the confirmed redemptions of a token and the rows of its
 * reservations are together at most as many as it allows.
 *
 * <p>Clocks of servers may differ: then a reservation may end early or late, but never does a token give more licences than it allows.
 *
 * <p>A refusal commits its transaction, because H2 may lose another transaction's change of a row when it rolls back a lock on that row.
 */
public final class Redemptions {

    private static final Logger LOG = LoggerFactory.getLogger(Redemptions.class);

    /** How long the same challenge is answered again without being counted. */
    public static final Duration REPEATABLE = Duration.ofSeconds(60);

    /** How long a licence may take at most. After this time, the reservation of a server that was killed is free again. */
    public static final Duration LEASE = Duration.ofSeconds(50);

    /** How long redemptions are remembered after their token has expired: the clock of another server may be behind. */
    static final Duration REMEMBERED = Duration.ofHours(1);

    private final Database database;
    private final Clock clock;
    private final DatabaseBulkhead bulkhead;

    /** The redemptions in a database. */
    public Redemptions(Database database, Clock clock) {
        this(database, clock, new DatabaseBulkhead());
    }

    Redemptions(Database database, Clock clock, DatabaseBulkhead bulkhead) {
        this.database = database;
        this.clock = clock;
        this.bulkhead = bulkhead;
    }

    /**
     * Reserves a redemption, for {@link #LEASE}. Tokens without a limit need no database.
     *
     * @param token the token; its lifetime is not checked
     * @param challengeHash a hash of the challenge. While the same challenge is under way, and for {@link #REPEATABLE} after it was
     *     answered, it takes no further redemption
     * @throws TokenException {@link ErrorCode#INVALID_TOKEN} if no redemption is left, {@link ErrorCode#ADMIN_ERROR} if the database is
     *     unreachable
     */
    public Reservation reserve(Claims token, byte[] challengeHash) {
        Integer most = token.maxRedemptions();
        if (most == null) {
            return Reservation.UNLIMITED;
        }
        return answered(() -> bulkhead.call(
                        () -> database.inTransaction(handle -> reserve(handle, token, most, challengeHash)),
                        late -> late.ifPresent(this::releaseLate)))
                .orElseThrow(() -> TokenException.withReason(ErrorCode.INVALID_TOKEN, usedUp(most)));
    }

    /** Empty if no redemption is left. */
    private Optional<Reservation> reserve(Handle transaction, Claims token, int most, byte[] challenge) {
        if (RedemptionTable.create(transaction, token)) {
            RedemptionTable.insert(
                    transaction, token.tokenId(), challenge, clock.instant().plus(LEASE));
            return Optional.of(Reservation.of(token, challenge));
        }
        int used = RedemptionTable.lock(transaction, token.tokenId());
        Instant now = clock.instant();
        int underWay = 0;
        for (Row row : RedemptionTable.reservations(transaction, token.tokenId())) {
            if (row.endsAt().isBefore(now)) {
                RedemptionTable.delete(transaction, token.tokenId(), row.challenge());
            } else if (!Arrays.equals(row.challenge(), challenge)) {
                underWay += row.confirmed() ? 0 : 1;
            } else if (row.confirmed()) {
                return Optional.of(Reservation.REPEATED);
            } else {
                RedemptionTable.join(transaction, token.tokenId(), challenge, now.plus(LEASE));
                return Optional.of(Reservation.of(token, challenge));
            }
        }
        if (used + underWay >= most) {
            return Optional.empty();
        }
        RedemptionTable.insert(transaction, token.tokenId(), challenge, now.plus(LEASE));
        return Optional.of(Reservation.of(token, challenge));
    }

    /** Why a token cannot be redeemed of which no redemption is left. */
    public static String usedUp(int most) {
        return "no redemptions are left, maxRedemptions is " + most;
    }

    /**
     * Counts a reserved redemption. To be called before the licence is sent, which must not be sent if this fails.
     *
     * @throws TokenException {@link ErrorCode#INVALID_TOKEN} if the licence took longer than {@link #LEASE} and others have used the
     *     redemptions meanwhile, {@link ErrorCode#ADMIN_ERROR} if the database is unreachable; then it is unknown whether it is counted
     */
    public void confirm(Reservation reservation) {
        Claims token = reservation.token();
        if (token == null) {
            return;
        }
        int most = requireNonNull(token.maxRedemptions());
        boolean allowed = answered(() -> bulkhead.call(
                () -> database.inTransaction(handle -> confirm(handle, token, most, reservation.challenge()))));
        if (!allowed) {
            throw TokenException.withReason(ErrorCode.INVALID_TOKEN, usedUp(most));
        }
    }

    /** False if no redemption is left. */
    private boolean confirm(Handle transaction, Claims token, int most, byte[] challenge) {
        RedemptionTable.lock(transaction, token.tokenId());
        Optional<Row> row = find(transaction, token, challenge);
        if (row.isPresent() && row.get().confirmed()) {
            // By another call with the same challenge.
            return true;
        }
        // Without a row, it ended and was deleted when another one was reserved. There may be room still.
        if (row.isEmpty() && reserve(transaction, token, most, challenge).isEmpty()) {
            return false;
        }
        RedemptionTable.confirm(
                transaction, token.tokenId(), challenge, clock.instant().plus(REPEATABLE));
        return true;
    }

    /**
     * Gives a reserved redemption back, because there is no licence. If the database is unreachable, it is free again when its lease ends.
     */
    public void release(Reservation reservation) {
        Claims token = reservation.token();
        if (token != null) {
            try {
                bulkhead.call(() -> release(token, reservation.challenge()));
            } catch (StorageException e) {
                LOG.debug("A redemption is not released, but its lease ends: {}", e.getMessage());
            }
        }
    }

    /** On the thread of a call whose caller has given up. */
    private void releaseLate(Reservation reservation) {
        Claims token = reservation.token();
        try {
            if (token != null) {
                release(token, reservation.challenge());
            }
        } catch (StorageException e) {
            LOG.debug("A redemption is not released, but its lease ends: {}", e.getMessage());
        }
    }

    private int release(Claims token, byte[] challenge) {
        return database.inTransaction(handle -> {
            RedemptionTable.lock(handle, token.tokenId());
            return RedemptionTable.leave(handle, token.tokenId(), challenge);
        });
    }

    /**
     * How often a token was redeemed. 0 for tokens without a limit, which nobody counts.
     *
     * @throws StorageException if the database is unreachable
     */
    public int used(Claims token) {
        return token.maxRedemptions() == null
                ? 0
                : database.withHandle(handle -> RedemptionTable.used(handle, token.tokenId()));
    }

    /**
     * Deletes some redemptions of expired tokens, in a small transaction.
     *
     * @param some the largest number
     * @return the number of deleted ones; 0 if there are no more
     * @throws StorageException if the database is unreachable
     */
    int deleteSomeExpired(int some) {
        Instant end = clock.instant().minus(REMEMBERED);
        return database.inTransaction(handle -> RedemptionTable.deleteSomeExpired(handle, end, some));
    }

    private static Optional<Row> find(Handle transaction, Claims token, byte[] challenge) {
        return RedemptionTable.reservations(transaction, token.tokenId()).stream()
                .filter(row -> Arrays.equals(row.challenge(), challenge))
                .findFirst();
    }

    private static <T> T answered(Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageException e) {
            throw TokenException.of(ErrorCode.ADMIN_ERROR, "redemptions cannot be counted now, try again later")
                    .because(String.valueOf(e.getMessage()));
        }
    }
}
