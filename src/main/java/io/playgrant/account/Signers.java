package io.playgrant.account;

import io.playgrant.audit.Audit;
import io.playgrant.storage.Database;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** The signers of accounts. Requests of packagers for an account that has signers must be signed by one of them. */
public final class Signers {

    /** The longest name, in characters. */
    public static final int LONGEST_NAME = 200;

    private static final int MOST = 20;

    private final Database database;
    private final Audit audit;
    private final Clock clock;

    Signers(Database database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Adds a signer to an account.
     *
     * @return whether there is an account with this number
     * @throws AccountException if the account has a signer of this name, or too many signers
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public boolean add(long account, StoredSigner signer) {
        return database.inTransaction(handle -> {
            if (!AccountRow.touch(handle, account)) {
                return false;
            }
            if (count(handle, account) >= MOST) {
                throw new AccountException("An account has at most " + MOST + " signers");
            }
            if (insert(handle, account, signer) == 0) {
                throw new AccountException("Account " + account + " already has a signer of this name");
            }
            audit.add(
                    handle,
                    "signer add",
                    account,
                    "name=" + signer.name() + " kind=" + signer.kind().label());
            return true;
        });
    }

    /**
     * Deletes a signer of an account.
     *
     * @return whether the account had it
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public boolean delete(long account, String name) {
        return database.inTransaction(handle -> {
            if (handle.execute("delete from signer where account = ? and name = ?", account, name) == 0) {
                return false;
            }
            AccountRow.touch(handle, account);
            audit.add(handle, "signer delete", account, "name=" + name);
            return true;
        });
    }

    /**
     * The number of signers whose secret a key of the storage ring wraps.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public long countHeldBy(String ringKeyId) {
        return database.withHandle(handle -> handle.createQuery("select count(*) from signer where held_by = :holder")
                .bind("holder", ringKeyId)
                .mapTo(Long.class)
                .one());
    }

    /**
     * Whether keys of the storage ring other than this one wrap secrets.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public boolean hasHeldByOthers(String ringKeyId) {
        return database.withHandle(handle -> handle.createQuery("select count(*) from signer where held_by <> :holder")
                        .bind("holder", ringKeyId)
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    /**
     * Replaces the secrets that other keys of the storage ring wrap.
     *
     * @param ringKeyId the key of the ring that is to wrap them
     * @param rewrapped wraps the secret of a signer with that key
     * @return the number of replaced secrets
     * @throws io.playgrant.storage.StorageException if the database is unreachable, or a secret cannot be opened
     */
    public int rewrap(String ringKeyId, UnaryOperator<StoredSigner> rewrapped) {
        return database.inTransaction(handle -> {
            int done = 0;
            for (Account account : AccountRow.all(handle).toList()) {
                for (StoredSigner signer : account.signers()) {
                    if (signer.heldBy() != null && !signer.heldBy().equals(ringKeyId)) {
                        done += replace(handle, account.number(), signer, rewrapped.apply(signer));
                    }
                }
            }
            return done;
        });
    }

    private static int replace(Handle handle, long account, StoredSigner old, StoredSigner changed) {
        int rows = handle.createUpdate("""
                        update signer set held_by = :heldBy, secret = :secret
                         where account = :account and name = :name and held_by = :old
                        """)
                .bind("heldBy", changed.heldBy())
                .bind("secret", changed.secret())
                .bind("account", account)
                .bind("name", old.name())
                .bind("old", old.heldBy())
                .execute();
        if (rows > 0) {
            AccountRow.touch(handle, account);
        }
        return rows;
    }

    private static long count(Handle handle, long account) {
        return handle.createQuery("select count(*) from signer where account = :account")
                .bind("account", account)
                .mapTo(Long.class)
                .one();
    }

    private int insert(Handle handle, long account, StoredSigner signer) {
        return handle.createUpdate("""
                        insert into signer (account, name, kind, held_by, secret, public_key, created_at)
                        values (:account, :name, :kind, :heldBy, :secret, :publicKey, :now)
                        on conflict do nothing
                        """)
                .bind("account", account)
                .bind("name", signer.name())
                .bind("kind", signer.kind().label())
                .bind("heldBy", signer.heldBy())
                .bind("secret", signer.secret())
                .bind("publicKey", signer.publicKey())
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
    }
}
