package io.playgrant.keystore;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.storage.Revisions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/**
 * The change log of stored keys, for caches: recent changes and deletions. New keys are not in it, so that transactions that create keys do
 * not wait for each other.
 */
final class KeyChanges {

    /** How long a change is kept at least, by the database's clock. */
    static final Duration KEPT = Duration.ofHours(1);

    private KeyChanges() {}

    /** Logs the change or deletion of a key. Call it last in its transaction, because all other changes wait until the transaction ends. */
    static void note(Handle transaction, Owner owner, KeyId kid) {
        long revision = Revisions.STORED_KEYS.next(transaction);
        transaction
                .createUpdate("""
                        insert into stored_key_change (revision, account, environment, kid, changed_at)
                        values (:revision, :account, :environment, :kid, current_timestamp)
                        """)
                .bind("revision", revision)
                .bind("account", owner.account())
                .bind("environment", owner.environment().label())
                .bind("kid", kid.toByteArray())
                .execute();
        transaction.execute("delete from stored_key_change where changed_at < current_timestamp - interval '1' hour");
    }

    /** The keys that were changed or deleted after a revision. */
    static List<OwnedKeyId> since(Handle handle, long revision) {
        return handle.createQuery("select account, environment, kid from stored_key_change where revision > :revision")
                .bind("revision", revision)
                .map((row, context) -> new OwnedKeyId(
                        new Owner(row.getLong("account"), environment(row.getString("environment"))),
                        KeyId.of(row.getBytes("kid"))))
                .list();
    }

    private static Environment environment(String label) {
        return Environment.valueOf(label.toUpperCase(Locale.ROOT));
    }
}
