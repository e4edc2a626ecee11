package io.playgrant.audit;

import io.playgrant.storage.Database;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/** The audit of changes, by the command line and by operators. */
public final class Audit {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DETAILS = 1_000;

    private final Database database;
    private final Clock clock;
    private final String who;

    /**
     * The audit in a database.
     *
     * @param who the author of the changes added here: an operating-system user or an operator
     */
    public Audit(Database database, Clock clock, String who) {
        this.database = database;
        this.clock = clock;
        this.who = atMost(LONGEST_NAME, who);
    }

    /** The same audit, for changes by somebody else. */
    public Audit as(String author) {
        return new Audit(database, clock, author);
    }

    /** The operating-system user, with the user before {@code sudo}, if any. */
    public static String currentUser() {
        String user = System.getProperty("user.name", "?");
        String before = System.getenv("SUDO_USER");
        return before == null || before.equals(user) ? user : user + " (" + before + ")";
    }

    /** The author of the changes added here. */
    public String who() {
        return who;
    }

    /**
     * Adds a change, within the transaction that makes it.
     *
     * @param action the action, such as {@code account create}
     * @param account the changed account; null if there is none
     * @param details the details, without any secret; may be empty
     */
    public void add(Handle transaction, String action, @Nullable Long account, String details) {
        transaction
                .createUpdate("""
                        insert into audit (at, who, action, account, details)
                        values (:at, :who, :action, :account, :details)
                        """)
                .bind("at", OffsetDateTime.now(clock).withOffsetSameInstant(ZoneOffset.UTC))
                .bind("who", who)
                .bind("action", action)
                .bind("account", account)
                .bind("details", atMost(LONGEST_DETAILS, details))
                .execute();
    }

    /**
     * Makes a change outside the database, and adds it to the audit. If the change fails, nothing is added.
     *
     * @param change makes the change, which is not undone if the database fails afterwards
     * @throws io.playgrant.storage.StorageException if the database is unreachable; then the change was not made, unless the commit failed
     */
    public void add(String action, String details, Runnable change) {
        database.inTransaction(handle -> {
            add(handle, action, null, details);
            change.run();
            return null;
        });
    }

    /**
     * The latest changes, newest first.
     *
     * @param account the account of the changes; all if empty
     * @param limit the largest number of changes
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public List<AuditEntry> list(OptionalLong account, int limit) {
        return database.withHandle(handle -> handle.createQuery("""
                        select at, who, action, account, details from audit
                         where account = :account or :any
                         order by id desc
                         limit :limit
                        """)
                .bind("account", account.orElse(0))
                .bind("any", account.isEmpty())
                .bind("limit", limit)
                .reduceRows(new ArrayList<AuditEntry>(), (entries, row) -> {
                    entries.add(entry(row));
                    return entries;
                }));
    }

    /**
     * A page of changes, newest first.
     *
     * @param entries the changes
     * @param next the place after the last of them; empty if there are no more
     */
    public record Page(List<AuditEntry> entries, OptionalLong next) {}

    /**
     * A page of the latest changes.
     *
     * @param account the account of the changes; all if empty
     * @param before the place after which the page begins; empty for the first page
     * @param limit the largest number of changes
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Page page(OptionalLong account, OptionalLong before, int limit) {
        return database.withHandle(handle -> {
            List<Long> ids = new ArrayList<>();
            List<AuditEntry> entries = handle.createQuery("""
                            select id, at, who, action, account, details from audit
                             where (account = :account or :any) and id < :before
                             order by id desc
                             limit :limit
                            """)
                    .bind("account", account.orElse(0))
                    .bind("any", account.isEmpty())
                    .bind("before", before.orElse(Long.MAX_VALUE))
                    .bind("limit", limit + 1)
                    .reduceRows(new ArrayList<>(), (all, row) -> {
                        ids.add(row.getColumn("id", Long.class));
                        all.add(entry(row));
                        return all;
                    });
            return entries.size() > limit
                    ? new Page(List.copyOf(entries.subList(0, limit)), OptionalLong.of(ids.get(limit - 1)))
                    : new Page(entries, OptionalLong.empty());
        });
    }

    private static AuditEntry entry(RowView row) {
        Long account = row.getColumn("account", Long.class);
        return new AuditEntry(
                row.getColumn("at", OffsetDateTime.class).toInstant(),
                row.getColumn("who", String.class),
                row.getColumn("action", String.class),
                account == null ? OptionalLong.empty() : OptionalLong.of(account),
                row.getColumn("details", String.class));
    }

    private static String atMost(int length, String text) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
