package io.playgrant.account;

import io.playgrant.audit.Audit;
import io.playgrant.storage.Database;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * The authenticators of accounts. An account may have any number of them in each environment, so that they can be replaced while the
 * account is in use.
 */
public final class Authenticators {

    private final Database database;
    private final AuthenticatorHash hash;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random;

    Authenticators(Database database, AuthenticatorHash hash, Audit audit, Clock clock, SecureRandom random) {
        this.database = database;
        this.hash = hash;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /**
     * An authenticator that was just created and cannot be read again.
     *
     * @param id its id for operators
     * @param authenticator the authenticator
     */
    public record Added(long id, CustomerAuthenticator authenticator) {}

    /**
     * Adds an authenticator for tokens to an account.
     *
     * @return empty if there is no account with this number
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Optional<Added> add(long account, Environment environment) {
        return add(account, environment, Purpose.TOKENS);
    }

    /**
     * Adds an authenticator to an account.
     *
     * @return empty if there is no account with this number
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Optional<Added> add(long account, Environment environment, Purpose purpose) {
        return add(account, environment, purpose, added -> {});
    }

    /**
     * Adds an authenticator to an account, and passes it to a callback before the commit, as {@link Accounts#create(NewAccount, Consumer)}
     * does.
     *
     * @param handOver receives the authenticator; if it throws, none is added
     * @return empty if there is no account with this number
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Optional<Added> add(long account, Environment environment, Purpose purpose, Consumer<Added> handOver) {
        return database.inTransaction(handle -> {
            if (!AccountRow.touch(handle, account)) {
                return Optional.empty();
            }
            Added added = insert(handle, account, environment, purpose);
            audit.add(
                    handle,
                    "authenticator add",
                    account,
                    "id=" + added.id() + " environment=" + environment.label() + " for=" + purpose.label());
            handOver.accept(added);
            return Optional.of(added);
        });
    }

    /**
     * Revokes an authenticator of an account.
     *
     * @return whether the account had it
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public boolean revoke(long account, long id) {
        return database.inTransaction(handle -> {
            int gone = handle.createUpdate("delete from authenticator where account = :account and id = :id")
                    .bind("account", account)
                    .bind("id", id)
                    .execute();
            if (gone == 0) {
                return false;
            }
            AccountRow.touch(handle, account);
            audit.add(handle, "authenticator revoke", account, "id=" + id);
            return true;
        });
    }

    Added insert(Handle transaction, long account, Environment environment, Purpose purpose) {
        CustomerAuthenticator authenticator = CustomerAuthenticator.draw(account, random);
        long id = transaction
                .createUpdate("""
                        insert into authenticator (account, environment, purpose, hash, created_at)
                        values (:account, :environment, :purpose, :hash, :now)
                        """)
                .bind("account", account)
                .bind("environment", environment.label())
                .bind("purpose", purpose.label())
                .bind("hash", hash.of(account, authenticator.secret()))
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
        return new Added(id, authenticator);
    }

    /** The stored authenticator that matches, if any. Compares all of them, so that the time reveals nothing. */
    Optional<StoredAuthenticator> match(CustomerAuthenticator authenticator, Account account) {
        byte[] given = hash.of(authenticator.account(), authenticator.secret());
        StoredAuthenticator found = null;
        for (StoredAuthenticator stored : account.authenticators()) {
            if (MessageDigest.isEqual(given, stored.hash())) {
                found = stored;
            }
        }
        return Optional.ofNullable(found);
    }
}
