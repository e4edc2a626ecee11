package io.playgrant.keystore;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.storage.Revisions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The change log of stored keys, for caches: recent changes and deletions. New keys are not in it, so that transactions that create keys do
 * not wait for each other, except for the first new held key of each content in a transaction.
 */
final class KeyChanges {

    /** How long a change is kept at least, by the database's clock. */
    static final Duration KEPT = Duration.ofHours(1);

    private KeyChanges() {}

    /** Logs changes. Call it last in its transaction, because all other changes wait until the transaction ends. */
    static void note(Handle transaction, List<KeyChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        long revision = Revisions.STORED_KEYS.next(transaction, changes.size()) - changes.size();
        try (PreparedBatch batch = transaction.prepareBatch("""
                        insert into stored_key_change (revision, account, environment, kid, content_digest, changed_at)
                        values (:revision, :account, :environment, :kid, :content, current_timestamp)
                        """)) {
            for (KeyChange change : changes) {
                revision++;
                Owner owner = change.key().owner();
                ContentDigest content = change.content();
                batch.bind("revision", revision)
                        .bind("account", owner.account())
                        .bind("environment", owner.environment().label())
                        .bind("kid", change.key().kid().toByteArray())
                        .bind("content", content == null ? null : content.toByteArray())
                        .add();
            }
            batch.execute();
        }
        transaction.execute("delete from stored_key_change where changed_at < current_timestamp - interval '1' hour");
    }

    /** The changes after a revision. */
    static List<KeyChange> since(Handle handle, long revision) {
        return handle.createQuery(
                        "select account, environment, kid, content_digest from stored_key_change where revision > :revision")
                .bind("revision", revision)
                .map((row, context) -> new KeyChange(
                        new OwnedKeyId(
                                new Owner(row.getLong("account"), environment(row.getString("environment"))),
                                KeyId.of(row.getBytes("kid"))),
                        ContentDigest.ofStored(row.getBytes("content_digest"))))
                .list();
    }

    private static Environment environment(String label) {
        return Environment.valueOf(label.toUpperCase(Locale.ROOT));
    }
}
