package io.playgrant.record;

import io.playgrant.contentkey.KeyId;
import io.playgrant.storage.Database;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** Records as versions before schema 7 write them: each as a row of its own. */
final class OldRows {

    private OldRows() {}

    static void write(Database database, List<TokenRecord> records) {
        database.inTransaction(handle -> {
            for (TokenRecord record : records) {
                handle.execute(
                        """
                        insert into record
                            (at, account, environment, request_id, token_id, code, kids, content_id, cookie, source, address)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        record.time().atOffset(ZoneOffset.UTC),
                        record.account(),
                        record.environment().label(),
                        record.requestId(),
                        record.tokenId(),
                        record.code(),
                        record.kids().stream().map(KeyId::toString).collect(Collectors.joining(" ")),
                        record.contentId(),
                        record.cookie(),
                        record.source().label(),
                        record.address());
            }
            return records.size();
        });
    }
}
