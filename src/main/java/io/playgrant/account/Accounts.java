package io.playgrant.account;

import io.playgrant.audit.Audit;
import io.playgrant.storage.Database;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/**
 * The accounts as they stand in the database.
 *
 * <p>Every change takes the next revision, in one row that is locked until the change is committed: who has seen revision n has seen
 * all changes up to n.
 */
public final class Accounts {

    private static final String COLUMNS = """
            select a.number, a.name, a.profile, a.enabled, a.widevine, a.networks,
                   h.environment as h_environment, h.hash as h_hash
              from account a left join authenticator h on h.account = a.number
            """;

    private final Database database;
    private final AuthenticatorHash hash;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random;

    /** The accounts of a database, whose authenticators are hashed under one key. */
    public Accounts(Database database, AuthenticatorHash hash, Audit audit, Clock clock, SecureRandom random) {
        this.database = database;
        this.hash = hash;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /**
     * An account that was just made, with its authenticators, which are never to be had again.
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

    /**
     * What is to change of an account; null for what stays.
     *
     * @param profile the rules of its requests
     * @param enabled whether it may do anything
     * @param widevine whether it may ask for Widevine tokens
     */
    public record Change(
            @Nullable Profile profile,
            @Nullable Boolean enabled,
            @Nullable Boolean widevine) {}

    /**
     * Makes an account, enabled, with one authenticator for each environment.
     *
     * @param networks where its callers may be; anywhere if empty
     * @throws io.playgrant.storage.StorageException if the database is out of reach
     */
    public Created create(String name, Profile profile, List<AddressRange> networks) {
        return database.inTransaction(handle -> {
            long number = handle.createQuery("select nextval('account_number')")
                    .mapTo(Long.class)
                    .one();
            insert(handle, number, name, profile, networks);
            audit.add(handle, "account create", number, "name=" + name + " profile=" + profile.label());
            Map<Environment, CustomerAuthenticator> authenticators = new EnumMap<>(Environment.class);
            for (Environment environment : Environment.values()) {
                CustomerAuthenticator authenticator = CustomerAuthenticator.draw(number, random);
                insert(handle, environment, authenticator);
                authenticators.put(environment, authenticator);
            }
            return new Created(find(handle, number).orElseThrow(), authenticators);
        });
    }

    private void insert(Handle handle, long number, String name, Profile profile, List<AddressRange> networks) {
        handle.createUpdate("""
                        insert into account (number, name, profile, enabled, widevine, networks, created_at, revision)
                        values (:number, :name, :profile, true, true, :networks, :now, :revision)
                        """)
                .bind("number", number)
                .bind("name", name)
                .bind("profile", profile.label())
                .bind("networks", networks.stream().map(AddressRange::toString).collect(Collectors.joining(",")))
                .bind("now", now())
                .bind("revision", nextRevision(handle))
                .execute();
    }

    private void insert(Handle handle, Environment environment, CustomerAuthenticator authenticator) {
        handle.createUpdate("""
                        insert into authenticator (account, environment, hash, created_at)
                        values (:account, :environment, :hash, :now)
                        """)
                .bind("account", authenticator.account())
                .bind("environment", environment.label())
                .bind("hash", hash.of(authenticator.account(), authenticator.secret()))
                .bind("now", now())
                .execute();
    }

    /**
     * Changes an account.
     *
     * @return the account as it is now; empty if there is none of this number
     * @throws io.playgrant.storage.StorageException if the database is out of reach
     */
    public Optional<Account> change(long number, Change change) {
        return database.inTransaction(handle -> {
            if (find(handle, number).isEmpty()) {
                return Optional.empty();
            }
            handle.createUpdate("""
                            update account
                               set profile = coalesce(:profile, profile),
                                   enabled = coalesce(:enabled, enabled),
                                   widevine = coalesce(:widevine, widevine),
                                   revision = :revision
                             where number = :number
                            """)
                    .bind(
                            "profile",
                            change.profile() == null ? null : change.profile().label())
                    .bind("enabled", change.enabled())
                    .bind("widevine", change.widevine())
                    .bind("revision", nextRevision(handle))
                    .bind("number", number)
                    .execute();
            return find(handle, number);
        });
    }

    /**
     * The account of a number.
     *
     * @throws io.playgrant.storage.StorageException if the database is out of reach
     */
    public Optional<Account> find(long number) {
        return database.withHandle(handle -> find(handle, number));
    }

    /**
     * All accounts, by number.
     *
     * @throws io.playgrant.storage.StorageException if the database is out of reach
     */
    public List<Account> list() {
        return database.withHandle(handle -> handle.createQuery(COLUMNS + " order by a.number, h.id")
                .reduceRows(Accounts::reduce)
                .map(AccountRow::toAccount)
                .toList());
    }

    /**
     * The revision of the last change.
     *
     * @throws io.playgrant.storage.StorageException if the database is out of reach
     */
    public long revision() {
        return database.withHandle(handle -> handle.createQuery("select revision from account_revision")
                .mapTo(Long.class)
                .one());
    }

    /**
     * The numbers of the accounts that changed after a revision.
     *
     * @throws io.playgrant.storage.StorageException if the database is out of reach
     */
    public List<Long> changedSince(long revision) {
        return database.withHandle(handle -> handle.createQuery("select number from account where revision > :revision")
                .bind("revision", revision)
                .mapTo(Long.class)
                .list());
    }

    /** The environment whose stored authenticator this is, if any; looks at all of them, so that the time does not tell which. */
    Optional<Environment> environmentOf(CustomerAuthenticator authenticator, Account account) {
        byte[] given = hash.of(authenticator.account(), authenticator.secret());
        Environment found = null;
        for (StoredAuthenticator stored : account.authenticators()) {
            if (MessageDigest.isEqual(given, stored.hash())) {
                found = stored.environment();
            }
        }
        return Optional.ofNullable(found);
    }

    private static long nextRevision(Handle handle) {
        handle.execute("update account_revision set revision = revision + 1");
        return handle.createQuery("select revision from account_revision")
                .mapTo(Long.class)
                .one();
    }

    private static Optional<Account> find(Handle handle, long number) {
        return handle.createQuery(COLUMNS + " where a.number = :number order by h.id")
                .bind("number", number)
                .reduceRows(Accounts::reduce)
                .map(AccountRow::toAccount)
                .findFirst();
    }

    private static void reduce(Map<Long, AccountRow> rows, RowView row) {
        Long number = row.getColumn("number", Long.class);
        AccountRow account = rows.computeIfAbsent(number, n -> AccountRow.of(row));
        String environment = row.getColumn("h_environment", String.class);
        if (environment != null) {
            account.authenticators.add(new StoredAuthenticator(
                    Environment.valueOf(environment.toUpperCase(Locale.ROOT)), row.getColumn("h_hash", byte[].class)));
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private record AccountRow(Account account, List<StoredAuthenticator> authenticators) {

        static AccountRow of(RowView row) {
            String networks = row.getColumn("networks", String.class);
            return new AccountRow(
                    new Account(
                            row.getColumn("number", Long.class),
                            row.getColumn("name", String.class),
                            Profile.valueOf(
                                    row.getColumn("profile", String.class).toUpperCase(Locale.ROOT)),
                            row.getColumn("enabled", Boolean.class),
                            row.getColumn("widevine", Boolean.class),
                            ranges(networks),
                            List.of()),
                    new ArrayList<>());
        }

        private static List<AddressRange> ranges(String networks) {
            return Arrays.stream(networks.split(","))
                    .filter(network -> !network.isEmpty())
                    .map(network -> AddressRange.parse(network)
                            .orElseThrow(() -> new IllegalStateException("not a network: " + network)))
                    .toList();
        }

        Account toAccount() {
            return new Account(
                    account.number(),
                    account.name(),
                    account.profile(),
                    account.enabled(),
                    account.widevine(),
                    account.networks(),
                    authenticators);
        }
    }
}
