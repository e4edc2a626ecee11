package io.playgrant.account;

import io.playgrant.storage.Revisions;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;

/**
 * An account while it is read from the database, which returns a row for each of its authenticators.
 *
 * @param account the account, without its authenticators and signers
 * @param authenticators the authenticators read so far
 */
record AccountRow(Account account, List<StoredAuthenticator> authenticators) {

    private static final String QUERY = """
            select a.number, a.name, a.profile, a.enabled, a.widevine, a.networks, a.rate, a.revision, a.packaging,
                   a.packaging_in_test, c.balance, h.id as h_id, h.environment as h_environment, h.purpose as h_purpose,
                   h.hash as h_hash, h.created_at as h_created_at
              from account a left join credit c on c.account = a.number left join authenticator h on h.account = a.number
            """;

    private static final String SIGNERS = "select account, name, kind, held_by, secret, public_key from signer";

    /** All accounts, by number. */
    static Stream<Account> all(Handle handle) {
        Map<Long, List<StoredSigner>> signers = signers(handle.createQuery(SIGNERS + " order by account, name"));
        return handle.createQuery(QUERY + " order by a.number, h.id")
                .reduceRows(AccountRow::reduce)
                .map(row -> row.toAccount(signers));
    }

    /** The accounts after a number, at most as many as the limit. */
    static Stream<Account> page(Handle handle, long after, int limit) {
        List<Long> numbers = handle.createQuery(
                        "select number from account where number > :after order by number fetch first :limit rows only")
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
        if (numbers.isEmpty()) {
            return Stream.of();
        }
        long last = numbers.get(numbers.size() - 1);
        Map<Long, List<StoredSigner>> signers = signers(
                handle.createQuery(SIGNERS + " where account > :after and account <= :last order by account, name")
                        .bind("after", after)
                        .bind("last", last));
        return handle.createQuery(QUERY + " where a.number > :after and a.number <= :last order by a.number, h.id")
                .bind("after", after)
                .bind("last", last)
                .reduceRows(AccountRow::reduce)
                .map(row -> row.toAccount(signers));
    }

    /** The account with a number. */
    static Optional<Account> find(Handle handle, long number) {
        Map<Long, List<StoredSigner>> signers =
                signers(handle.createQuery(SIGNERS + " where account = :number order by name")
                        .bind("number", number));
        return handle.createQuery(QUERY + " where a.number = :number order by h.id")
                .bind("number", number)
                .reduceRows(AccountRow::reduce)
                .map(row -> row.toAccount(signers))
                .findFirst();
    }

    /** Notes that an account changes in this transaction. Returns whether there is such an account. */
    static boolean touch(Handle transaction, long account) {
        return transaction
                        .createUpdate("update account set revision = :revision where number = :number")
                        .bind("revision", Revisions.ACCOUNTS.next(transaction))
                        .bind("number", account)
                        .execute()
                > 0;
    }

    private static void reduce(Map<Long, AccountRow> rows, RowView row) {
        AccountRow account = rows.computeIfAbsent(
                row.getColumn("number", Long.class), number -> new AccountRow(account(row), new ArrayList<>()));
        if (row.getColumn("h_id", Long.class) != null) {
            account.authenticators.add(authenticator(row));
        }
    }

    private static Account account(RowView row) {
        return new Account(
                row.getColumn("number", Long.class),
                row.getColumn("name", String.class),
                Profile.valueOf(row.getColumn("profile", String.class).toUpperCase(Locale.ROOT)),
                row.getColumn("enabled", Boolean.class),
                row.getColumn("widevine", Boolean.class),
                ranges(row.getColumn("networks", String.class)),
                new Limit(row.getColumn("balance", Long.class)),
                new Limit(row.getColumn("rate", Long.class)),
                row.getColumn("revision", Long.class),
                List.of(),
                packaging(row),
                List.of());
    }

    private static Set<Environment> packaging(RowView row) {
        Set<Environment> packaging = EnumSet.noneOf(Environment.class);
        if (row.getColumn("packaging", Boolean.class)) {
            packaging.add(Environment.PRODUCTION);
        }
        if (row.getColumn("packaging_in_test", Boolean.class)) {
            packaging.add(Environment.TEST);
        }
        return packaging;
    }

    private static List<AddressRange> ranges(String networks) {
        return Arrays.stream(networks.split(","))
                .filter(network -> !network.isEmpty())
                .map(network -> AddressRange.parse(network)
                        .orElseThrow(() -> new IllegalStateException("not a network: " + network)))
                .toList();
    }

    private static StoredAuthenticator authenticator(RowView row) {
        return new StoredAuthenticator(
                row.getColumn("h_id", Long.class),
                Environment.valueOf(row.getColumn("h_environment", String.class).toUpperCase(Locale.ROOT)),
                Purpose.valueOf(row.getColumn("h_purpose", String.class).toUpperCase(Locale.ROOT)),
                row.getColumn("h_hash", byte[].class),
                row.getColumn("h_created_at", OffsetDateTime.class).toInstant());
    }

    private static Map<Long, List<StoredSigner>> signers(Query query) {
        return query.reduceRows(new HashMap<>(), (all, row) -> {
            all.computeIfAbsent(row.getColumn("account", Long.class), account -> new ArrayList<>())
                    .add(signer(row));
            return all;
        });
    }

    private static StoredSigner signer(RowView row) {
        return new StoredSigner(
                row.getColumn("name", String.class),
                StoredSigner.Kind.valueOf(row.getColumn("kind", String.class).toUpperCase(Locale.ROOT)),
                row.getColumn("held_by", String.class),
                row.getColumn("secret", byte[].class),
                row.getColumn("public_key", byte[].class));
    }

    private Account toAccount(Map<Long, List<StoredSigner>> signers) {
        return new Account(
                account.number(),
                account.name(),
                account.profile(),
                account.enabled(),
                account.widevine(),
                account.networks(),
                account.credits(),
                account.rate(),
                account.revision(),
                authenticators,
                account.packaging(),
                signers.getOrDefault(account.number(), List.of()));
    }
}
