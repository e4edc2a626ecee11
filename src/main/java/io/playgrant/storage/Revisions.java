package io.playgrant.storage;

import org.jdbi.v3.core.Handle;

/**
 * The revisions of changes.
 *
 * <p>Every change takes the next revision from one row, which stays locked until the change is committed. So a reader that has seen
 * revision n has seen all changes up to n.
 */
public enum Revisions {
    /** Changes of accounts. */
    ACCOUNTS("account_revision"),
    /** Changes and deletions of stored keys. */
    STORED_KEYS("stored_key_revision"),
    /** Changes of revocations. */
    REVOCATIONS("revocation_revision");

    private final String table;

    Revisions(String table) {
        this.table = table;
    }

    /** The revision of a change in this transaction. Other changes wait until the transaction ends. */
    public long next(Handle transaction) {
        return next(transaction, 1);
    }

    /** Takes a number of revisions for as many changes in this transaction, and returns the last of them. */
    public long next(Handle transaction, int changes) {
        transaction.execute("update " + table + " set revision = revision + " + changes);
        return last(transaction);
    }

    /** Makes all other changes wait until the transaction ends, so that what it reads now cannot change meanwhile. */
    public void lock(Handle transaction) {
        transaction
                .createQuery("select revision from " + table + " for update")
                .mapTo(Long.class)
                .one();
    }

    /** The revision of the last change. */
    public long last(Handle handle) {
        return handle.createQuery("select revision from " + table)
                .mapTo(Long.class)
                .one();
    }
}
