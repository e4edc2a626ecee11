package io.playgrant.license;

import io.playgrant.token.Claims;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * The SQL statements for the redemptions of tokens. Every transaction first locks the row of its token, and touches no other token: so
 * there is no deadlock, and everything about one token happens in turn.
 */
final class RedemptionTable {

    private static final String USED = "select used from redemption where token_id = :token";

    private static final String THIS = " where token_id = :token and challenge = :challenge";

    private RedemptionTable() {}

    /**
     * A redemption that is under way, or was confirmed a short while ago.
     *
     * @param challenge the hash of its challenge
     * @param confirmed whether it is counted among the used ones
     * @param endsAt when it ends: its lease, or once confirmed the time for which the challenge is answered again
     */
    record Row(byte[] challenge, boolean confirmed, Instant endsAt) {}

    /**
     * Makes the row of a token unless it exists. No other transaction sees it until this one ends.
     *
     * @return whether it was made
     */
    static boolean create(Handle transaction, Claims token) {
        return transaction
                        .createUpdate(
                                "insert into redemption (token_id, used, expires_at) values (:token, 0, :end) on conflict do nothing")
                        .bind("token", token.tokenId())
                        .bind("end", utc(token.expiresAt()))
                        .execute()
                == 1;
    }

    /** The number of confirmed redemptions. */
    static int used(Handle handle, String token) {
        return used(handle.createQuery(USED), token);
    }

    /** As {@link #used(Handle, String)}, and locks the row of the token until the transaction ends. */
    static int lock(Handle transaction, String token) {
        return used(transaction.createQuery(USED + " for update"), token);
    }

    private static int used(Query query, String token) {
        return query.bind("token", token).mapTo(Integer.class).findOne().orElse(0);
    }

    /** All reservations of a token, also those that have ended. */
    static List<Row> reservations(Handle transaction, String token) {
        return transaction
                .createQuery("select challenge, confirmed, ends_at from redemption_reservation where token_id = :token")
                .bind("token", token)
                .map((row, context) -> new Row(
                        row.getBytes("challenge"),
                        row.getBoolean("confirmed"),
                        row.getObject("ends_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    static void insert(Handle transaction, String token, byte[] challenge, Instant endsAt) {
        update(transaction, """
                insert into redemption_reservation (token_id, challenge, holders, confirmed, ends_at)
                values (:token, :challenge, 1, false, :end)
                """, token, challenge).bind("end", utc(endsAt)).execute();
    }

    /** Adds a holder to a reservation that is under way, and extends it. */
    static void join(Handle transaction, String token, byte[] challenge, Instant endsAt) {
        update(
                        transaction,
                        "update redemption_reservation set holders = holders + 1, ends_at = :end" + THIS,
                        token,
                        challenge)
                .bind("end", utc(endsAt))
                .execute();
    }

    /**
     * Takes a holder from a reservation that is under way, if there is one. It is deleted with its last holder.
     *
     * @return the number of deleted reservations
     */
    static int leave(Handle transaction, String token, byte[] challenge) {
        update(
                        transaction,
                        "update redemption_reservation set holders = holders - 1" + THIS + " and not confirmed",
                        token,
                        challenge)
                .execute();
        return update(
                        transaction,
                        "delete from redemption_reservation" + THIS + " and not confirmed and holders = 0",
                        token,
                        challenge)
                .execute();
    }

    /** Counts a reservation that is under way. */
    static void confirm(Handle transaction, String token, byte[] challenge, Instant endsAt) {
        update(
                        transaction,
                        "update redemption_reservation set confirmed = true, ends_at = :end" + THIS,
                        token,
                        challenge)
                .bind("end", utc(endsAt))
                .execute();
        transaction
                .createUpdate("update redemption set used = used + 1 where token_id = :token")
                .bind("token", token)
                .execute();
    }

    static void delete(Handle transaction, String token, byte[] challenge) {
        update(transaction, "delete from redemption_reservation" + THIS, token, challenge)
                .execute();
    }

    /**
     * Deletes some of the tokens that expired before a time, with their reservations. Skips those that another transaction has locked.
     *
     * @param some the largest number
     * @return the number of deleted tokens
     */
    static int deleteSomeExpired(Handle transaction, Instant before, int some) {
        List<String> tokens = transaction
                .createQuery("""
                        select token_id from redemption where expires_at < :before
                         order by expires_at fetch first :some rows only for update skip locked
                        """)
                .bind("before", utc(before))
                .bind("some", some)
                .mapTo(String.class)
                .list();
        return tokens.isEmpty()
                ? 0
                : transaction
                        .createUpdate("delete from redemption where token_id in (<tokens>)")
                        .bindList("tokens", tokens)
                        .execute();
    }

    private static Update update(Handle transaction, String sql, String token, byte[] challenge) {
        return transaction.createUpdate(sql).bind("token", token).bind("challenge", challenge);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
