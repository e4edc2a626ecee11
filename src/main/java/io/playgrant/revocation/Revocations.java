package io.playgrant.revocation;

import io.playgrant.account.Environment;
import io.playgrant.audit.Audit;
import io.playgrant.contentkey.KeyId;
import io.playgrant.storage.Database;
import io.playgrant.storage.Revisions;
import io.playgrant.token.Claims;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The revocations of tokens in the database. Each is kept until the last of its tokens has expired. Every change takes the next of the
 * {@link Revisions}, which is stored in the row.
 *
 * <p>Every method throws {@link io.playgrant.storage.StorageException} if the database is unreachable; then nothing is changed.
 */
public final class Revocations {

    /** The longest reason, in UTF-16 units. */
    public static final int LONGEST_REASON = 500;

    private static final String COLUMNS =
            "id, token_id, kid, account, environment, issued_before, reason, who, revoked_at, expires_at";

    private static final String SELECT =
            "select " + COLUMNS + " from revocation where not withdrawn and expires_at > :now";

    private final Database database;
    private final Audit audit;
    private final Clock clock;

    /** The revocations in a database. */
    public Revocations(Database database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The result of a revocation.
     *
     * @param revocation the revocation that is in force
     * @param isNew whether it was created; if not, the token had been revoked before
     */
    public record Made(Revocation revocation, boolean isNew) {}

    /** A revocation that was created, or withdrawn. */
    record Change(Revocation revocation, boolean withdrawn) {}

    /**
     * Revokes a token, until it expires.
     *
     * @param reason at most {@link #LONGEST_REASON} characters, may be empty
     */
    public Made revoke(Claims token, String reason) {
        return revoke(Scope.ofToken(token), now(), token.expiresAt(), reason);
    }

    /**
     * Revokes tokens, until the last of them has expired.
     *
     * @param reason at most {@link #LONGEST_REASON} characters, may be empty
     */
    public Made revoke(Scope scope, String reason) {
        Instant now = now();
        return revoke(scope, now, scope.end(now), reason);
    }

    private Made revoke(Scope scope, Instant now, Instant expiresAt, String reason) {
        return database.inTransaction(handle -> {
            forgetExpired(handle, now);
            Optional<Revocation> before = scope.tokenId() == null ? Optional.empty() : ofToken(handle, scope.tokenId());
            return before.map(revocation -> new Made(revocation, false))
                    .orElseGet(() -> new Made(insert(handle, scope, now, expiresAt, reason), true));
        });
    }

    private Revocation insert(Handle transaction, Scope scope, Instant now, Instant expiresAt, String reason) {
        long id = transaction
                .createUpdate("""
                        insert into revocation (token_id, kid, account, environment, issued_before, reason, who, revoked_at,
                                                expires_at, withdrawn, revision)
                        values (:tokenId, :kid, :account, :environment, :issuedBefore, :reason, :who, :now,
                                :expiresAt, false, :revision)
                        """)
                .bind("tokenId", scope.tokenId())
                .bind("kid", scope.kid() == null ? null : scope.kid().toByteArray())
                .bind("account", scope.account())
                .bind(
                        "environment",
                        scope.environment() == null ? null : scope.environment().label())
                .bind("issuedBefore", scope.issuedBefore() == null ? null : time(scope.issuedBefore()))
                .bind("reason", reason)
                .bind("who", audit.who())
                .bind("now", time(now))
                .bind("expiresAt", time(expiresAt))
                .bind("revision", Revisions.REVOCATIONS.next(transaction))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
        audit.add(
                transaction,
                "token revoke",
                scope.account(),
                "id=" + id + " " + scope + (reason.isEmpty() ? "" : " reason=" + reason));
        return new Revocation(id, scope, reason, audit.who(), now, expiresAt);
    }

    /** Deletes expired revocations with a delay: servers whose clock is behind still need them. */
    private static void forgetExpired(Handle transaction, Instant now) {
        transaction
                .createUpdate("delete from revocation where expires_at < :then")
                .bind("then", time(now.minus(Scope.CLOCKS_DIFFER)))
                .execute();
    }

    /**
     * Withdraws a revocation: its tokens are valid again, unless another revocation covers them.
     *
     * @return whether it existed
     */
    public boolean withdraw(long id) {
        return database.inTransaction(handle -> {
            Optional<Revocation> revocation = handle.createQuery(SELECT + " and id = :id")
                    .bind("now", time(clock.instant()))
                    .bind("id", id)
                    .map((row, context) -> revocation(row))
                    .findOne();
            revocation.ifPresent(found -> withdraw(handle, found));
            return revocation.isPresent();
        });
    }

    private void withdraw(Handle transaction, Revocation revocation) {
        transaction
                .createUpdate("update revocation set withdrawn = true, revision = :revision where id = :id")
                .bind("revision", Revisions.REVOCATIONS.next(transaction))
                .bind("id", revocation.id())
                .execute();
        audit.add(
                transaction,
                "revocation delete",
                revocation.scope().account(),
                "id=" + revocation.id() + " " + revocation.scope());
    }

    /** All revocations in force, oldest first. */
    public List<Revocation> list() {
        return database.withHandle(handle -> list(handle.createQuery(SELECT + " order by id")));
    }

    /**
     * Some revocations in force, oldest first.
     *
     * @param after the id of the last revocation of the page before; 0 for the first page
     * @param limit the largest number of revocations
     */
    public List<Revocation> page(long after, int limit) {
        return database.withHandle(
                handle -> list(handle.createQuery(SELECT + " and id > :after order by id fetch first :limit rows only")
                        .bind("after", after)
                        .bind("limit", limit)));
    }

    /** The revocation with an id, if it is in force. */
    public Optional<Revocation> find(long id) {
        return database.withHandle(
                handle -> list(handle.createQuery(SELECT + " and id = :id").bind("id", id)).stream()
                        .findFirst());
    }

    /** The first revocation in force for a token, if any; expired tokens need none. */
    public Optional<Revocation> find(Claims token) {
        List<byte[]> kids =
                token.keys().stream().map(key -> key.kid().toByteArray()).toList();
        List<Revocation> candidates = database.withHandle(handle -> list(handle.createQuery(SELECT + """
                           and (token_id = :tokenId or token_id is null and (kid in (<kids>) or account = :account))
                         order by id
                        """)
                .bind("tokenId", token.tokenId())
                .bind("account", token.account())
                .bindList("kids", kids)));
        return candidates.stream()
                .filter(revocation -> revocation.scope().covers(token))
                .findFirst();
    }

    /** The revision of the last change. */
    long revision() {
        return database.withHandle(Revisions.REVOCATIONS::last);
    }

    /** What changed after a revision. Revocations that have expired are among them for as long as clocks may differ. */
    List<Change> changedSince(long revision) {
        return database.withHandle(handle -> handle.createQuery("select withdrawn, " + COLUMNS
                        + " from revocation where revision > :revision and expires_at > :then order by revision")
                .bind("revision", revision)
                .bind("then", time(clock.instant().minus(Scope.CLOCKS_DIFFER)))
                .map((row, context) -> new Change(revocation(row), row.getBoolean("withdrawn")))
                .list());
    }

    private Optional<Revocation> ofToken(Handle handle, String tokenId) {
        return list(handle.createQuery(SELECT + " and token_id = :tokenId order by id")
                        .bind("tokenId", tokenId))
                .stream()
                .findFirst();
    }

    private List<Revocation> list(Query query) {
        return query.bind("now", time(clock.instant()))
                .map((row, context) -> revocation(row))
                .list();
    }

    /** Whole seconds, which every database can store. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Revocation revocation(ResultSet row) throws SQLException {
        return new Revocation(
                row.getLong("id"),
                scope(row),
                row.getString("reason"),
                row.getString("who"),
                row.getObject("revoked_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    private static Scope scope(ResultSet row) throws SQLException {
        byte[] kid = row.getBytes("kid");
        long account = row.getLong("account");
        boolean ofAll = row.wasNull();
        String environment = row.getString("environment");
        OffsetDateTime issuedBefore = row.getObject("issued_before", OffsetDateTime.class);
        return new Scope(
                row.getString("token_id"),
                kid == null ? null : KeyId.of(kid),
                ofAll ? null : Long.valueOf(account),
                environment(environment),
                issuedBefore == null ? null : issuedBefore.toInstant());
    }

    private static @Nullable Environment environment(@Nullable String label) {
        return label == null ? null : Environment.valueOf(label.toUpperCase(Locale.ROOT));
    }
}
