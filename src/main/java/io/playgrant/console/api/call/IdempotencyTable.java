package io.playgrant.console.api.call;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of idempotency keys. */
final class IdempotencyTable {

    private IdempotencyTable() {}

    /**
     * A row.
     *
     * @param request a hash of the request
     * @param answer the answer, encrypted
     */
    record Row(byte[] request, byte[] answer) {}

    /** Inserts a row unless it is there. Waits while another transaction inserts it. */
    static boolean insert(Handle transaction, String id, byte[] request, Instant now) {
        return transaction
                        .createUpdate("""
                                insert into idempotency_key (id, request, answer, created_at)
                                values (:id, :request, :answer, :now)
                                on conflict do nothing
                                """)
                        .bind("id", id)
                        .bind("request", request)
                        .bind("answer", new byte[0])
                        .bind("now", now.atOffset(ZoneOffset.UTC))
                        .execute()
                > 0;
    }

    /** The row; empty if it has just become too old. */
    static Optional<Row> find(Handle transaction, String id) {
        return transaction
                .createQuery("select request, answer from idempotency_key where id = :id")
                .bind("id", id)
                .map((row, context) -> new Row(row.getBytes("request"), row.getBytes("answer")))
                .findOne();
    }

    static void setAnswer(Handle transaction, String id, byte[] answer) {
        transaction
                .createUpdate("update idempotency_key set answer = :answer where id = :id")
                .bind("answer", answer)
                .bind("id", id)
                .execute();
    }

    static int deleteBefore(Handle transaction, Instant end) {
        return transaction
                .createUpdate("delete from idempotency_key where created_at < :end")
                .bind("end", end.atOffset(ZoneOffset.UTC))
                .execute();
    }
}
