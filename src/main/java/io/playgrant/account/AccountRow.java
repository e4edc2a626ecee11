package io.playgrant.account;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/**
 * An account while it is read from the database, which returns a row for each of its authenticators.
 *
 * @param account the account, without its authenticators
 * @param authenticators the authenticators read so far
 */
record AccountRow(Account account, List<StoredAuthenticator> authenticators) {

    private static final String QUERY = """
            select a.number, a.name, a.profile, a.enabled, a.widevine, a.networks, a.rate, a.revision, c.balance,
                   h.id as h_id, h.environment as h_environment, h.hash as h_hash, h.created_at as h_created_at
              from account a left join credit c on c.account = a.number left join authenticator h on h.account = a.number
            """;

    /** All accounts, by number. */
    static Stream<Account> all(Handle handle) {
        return handle.createQuery(QUERY + " order by a.number, h.id")
                .reduceRows(AccountRow::reduce)
                .map(AccountRow::toAccount);
    }

    /** The account with a number. */
    static Optional<Account> find(Handle handle, long number) {
        return handle.createQuery(QUERY + " where a.number = :number order by h.id")
                .bind("number", number)
                .reduceRows(AccountRow::reduce)
                .map(AccountRow::toAccount)
                .findFirst();
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
                List.of());
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
                row.getColumn("h_hash", byte[].class),
                row.getColumn("h_created_at", OffsetDateTime.class).toInstant());
    }

    private Account toAccount() {
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
                authenticators);
    }
}
