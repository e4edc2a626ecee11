package io.playgrant.account;

import io.playgrant.audit.Audit;
import io.playgrant.storage.Database;
import io.playgrant.storage.Revisions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The accounts in the database. Every change takes the next of the {@link Revisions}. */
public final class Accounts {

    private final Database database;
    private final Authenticators authenticators;
    private final Signers signers;
    private final Audit audit;
    private final Clock clock;
    private final AuthenticatorHash hash;
    private final SecureRandom random;

    /** The accounts of a database, whose authenticators are hashed with one key. */
    public Accounts(Database database, AuthenticatorHash hash, Audit audit, Clock clock, SecureRandom random) {
        this.database = database;
        this.hash = hash;
        this.random = random;
        this.authenticators = new Authenticators(database, hash, audit, clock, random);
        this.signers = new Signers(database, audit, clock);
        this.audit = audit;
        this.clock = clock;
    }

    /** The same accounts, with changes by somebody else. */
    public Accounts audited(Audit other) {
        return new Accounts(database, hash, other, clock, random);
    }

    /**
     * An account that was just created, with its authenticators, which cannot be read again.
     *
     * @param account the account
     * @param authenticators one for each environment
     */
    public record Created(Account account, Map<Environment, CustomerAuthenticator> authenticators) {

        /** The authenticator of an environment. */
        public CustomerAuthenticator authenticator(Environment environment) {
            return Objects.requireNonNull(authenticators.get(environment));
        }
    }

    /** Their authenticators. */
    public Authenticators authenticators() {
        return authenticators;
    }

    /** Their signers of packagers' requests. */
    public Signers signers() {
        return signers;
    }

    /**
     * Creates an account without limits, enabled, with one authenticator for each environment.
     *
     * @param networks the networks of its callers; any if empty
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Created create(String name, Profile profile, List<AddressRange> networks) {
        return create(new NewAccount(name, profile, networks, Limit.NONE, Limit.NONE));
    }

    /**
     * Creates an account, enabled, with one authenticator for each environment.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Created create(NewAccount account) {
        return create(account, created -> {});
    }

    /**
     * Creates an account, enabled, with one authenticator for each environment, and passes them to a callback before the commit. If the
     * callback fails, no account is created. If the commit fails, somebody has authenticators that do not work. In the other order, an
     * account could exist whose authenticators nobody has. Changes of other accounts wait for the callback, so it must be quick.
     *
     * @param handOver receives the account with its authenticators; if it throws, no account is created
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Created create(NewAccount account, Consumer<Created> handOver) {
        return database.inTransaction(handle -> {
            long number = handle.createQuery("select nextval('account_number')")
                    .mapTo(Long.class)
                    .one();
            insert(handle, number, account);
            Credits.set(handle, number, account.credits());
            Map<Environment, CustomerAuthenticator> made = new EnumMap<>(Environment.class);
            for (Environment environment : Environment.values()) {
                made.put(
                        environment,
                        authenticators
                                .insert(handle, number, environment, Purpose.TOKENS)
                                .authenticator());
            }
            audit.add(handle, "account create", number, account.toString());
            Created created = new Created(AccountRow.find(handle, number).orElseThrow(), made);
            handOver.accept(created);
            return created;
        });
    }

    private void insert(Handle handle, long number, NewAccount account) {
        handle.createUpdate("""
                        insert into account (number, name, profile, enabled, widevine, networks, rate, created_at, revision)
                        values (:number, :name, :profile, true, true, :networks, :rate, :now, :revision)
                        """)
                .bind("number", number)
                .bind("name", account.name())
                .bind("profile", account.profile().label())
                .bind("networks", AddressRange.join(account.networks()))
                .bind("rate", account.rate().most())
                .bind("now", now())
                .bind("revision", Revisions.ACCOUNTS.next(handle))
                .execute();
    }

    /**
     * Changes an account.
     *
     * @return the changed account; empty if there is no account with this number
     * @throws AccountException if the change is impossible
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Optional<Account> change(long number, AccountChange change) {
        return database.inTransaction(handle -> {
            if (AccountRow.find(handle, number).isEmpty()) {
                return Optional.empty();
            }
            update(handle, number, change);
            if (change.credits() != null) {
                Credits.set(handle, number, change.credits());
            }
            if (change.moreCredits() != null) {
                Credits.add(handle, number, change.moreCredits());
            }
            audit.add(handle, "account set", number, change.toString());
            return AccountRow.find(handle, number);
        });
    }

    private static void update(Handle handle, long number, AccountChange change) {
        handle.createUpdate("""
                        update account
                           set profile = coalesce(:profile, profile),
                               enabled = coalesce(:enabled, enabled),
                               widevine = coalesce(:widevine, widevine),
                               networks = coalesce(:networks, networks),
                               rate = case when :keepsRate then rate else :rate end,
                               packaging = coalesce(:packaging, packaging),
                               packaging_in_test = coalesce(:packagingInTest, packaging_in_test),
                               revision = :revision
                         where number = :number
                        """)
                .bind(
                        "profile",
                        change.profile() == null ? null : change.profile().label())
                .bind("enabled", change.enabled())
                .bind("widevine", change.widevine())
                .bind("networks", change.networks() == null ? null : AddressRange.join(change.networks()))
                .bind("keepsRate", change.rate() == null)
                .bind("rate", change.rate() == null ? null : change.rate().most())
                .bind("packaging", change.packaging())
                .bind("packagingInTest", change.packagingInTest())
                .bind("revision", Revisions.ACCOUNTS.next(handle))
                .bind("number", number)
                .execute();
    }

    /**
     * Deletes an account, with its authenticators and credits. Its number is not used again.
     *
     * @return whether there was an account with this number
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public boolean delete(long number) {
        return database.inTransaction(handle -> {
            if (AccountRow.find(handle, number).isEmpty()) {
                return false;
            }
            handle.createUpdate("""
                            insert into deleted_account (number, revision, deleted_at) values (:number, :revision, :now)
                            """)
                    .bind("number", number)
                    .bind("revision", Revisions.ACCOUNTS.next(handle))
                    .bind("now", now())
                    .execute();
            handle.execute("delete from authenticator where account = ?", number);
            handle.execute("delete from credit where account = ?", number);
            handle.execute("delete from account where number = ?", number);
            audit.add(handle, "account delete", number, "");
            return true;
        });
    }

    /**
     * The account with a number.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Optional<Account> find(long number) {
        return database.withHandle(handle -> AccountRow.find(handle, number));
    }

    /**
     * Whether an account with this number ever existed; it may have been deleted.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public boolean wasMade(long number) {
        return database.withHandle(handle -> handle.createQuery("""
                        select number from account where number = :number
                        union all
                        select number from deleted_account where number = :number
                        """)
                .bind("number", number)
                .mapTo(Long.class)
                .findFirst()
                .isPresent());
    }

    /**
     * All accounts, by number.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public List<Account> list() {
        return database.withHandle(handle -> AccountRow.all(handle).toList());
    }

    /**
     * Some accounts, by number.
     *
     * @param after the number of the last account of the page before; 0 for the first page
     * @param limit the largest number of accounts
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public List<Account> page(long after, int limit) {
        return database.withHandle(
                handle -> AccountRow.page(handle, after, limit).toList());
    }

    /**
     * The revision of the last change.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public long revision() {
        return database.withHandle(Revisions.ACCOUNTS::last);
    }

    /**
     * The numbers of the accounts that changed after a revision, including deleted ones.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public List<Long> changedSince(long revision) {
        return database.withHandle(handle -> handle.createQuery("""
                        select number from account where revision > :revision
                        union all
                        select number from deleted_account where revision > :revision
                        """)
                .bind("revision", revision)
                .mapTo(Long.class)
                .list());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
