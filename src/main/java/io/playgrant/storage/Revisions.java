package io.playgrant.storage;

import org.jdbi.v3.core.Handle;

/**
 * The numbers of changes.
 *
 * <p>Every change takes the next one, in one row that is locked until the change is committed: who has seen revision n has seen all
 * changes up to n.
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

    /** The number of a change that this transaction makes. Others who change something wait until it ends. */
    public long next(Handle transaction) {
        transaction.execute("update " + table + " set revision = revision + 1");
        return last(transaction);
    }

    /** The number of the last change. */
    public long last(Handle handle) {
        return handle.createQuery("select revision from " + table)
                .mapTo(Long.class)
                .one();
    }
}
