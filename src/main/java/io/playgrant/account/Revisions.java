package io.playgrant.account;

import org.jdbi.v3.core.Handle;

/**
 * The numbers of changes.
 *
 * <p>Every change takes the next one, in one row that is locked until the change is committed: who has seen revision n has seen all
 * changes up to n.
 */
final class Revisions {

    private Revisions() {}

    static long next(Handle transaction) {
        transaction.execute("update account_revision set revision = revision + 1");
        return last(transaction);
    }

    static long last(Handle handle) {
        return handle.createQuery("select revision from account_revision")
                .mapTo(Long.class)
                .one();
    }
}
