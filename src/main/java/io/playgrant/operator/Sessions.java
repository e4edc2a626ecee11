package io.playgrant.operator;

import io.playgrant.audit.Audit;
import io.playgrant.storage.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;

/** The sessions of operators, which all nodes share. A session ends with its operator, and when it is idle or old. */
public final class Sessions {

    /** How long a session may be idle. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** How long a session lasts at most. */
    public static final Duration LONGEST = Duration.ofHours(12);

    /** How often the time of the last use is stored at most. */
    private static final Duration TOUCH = Duration.ofMinutes(1);

    private static final String ALIVE = "s.created_at > :oldest and s.last_seen_at > :idle and o.enabled";

    private static final String SELECT =
            "select s.number, s.address, s.created_at as session_created_at, s.last_seen_at, " + OperatorRow.COLUMNS
                    + " from operator_session s join operator o on o.id = s.operator where " + ALIVE;

    private final Database database;
    private final Audit audit;
    private final Clock clock;

    public Sessions(Database database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** Begins a session, and deletes those that have ended. */
    Session open(Handle transaction, SessionId id, Operator operator, String address) {
        Instant now = clock.instant();
        transaction
                .createUpdate("delete from operator_session where created_at <= :oldest or last_seen_at <= :idle")
                .bind("oldest", utc(now.minus(LONGEST)))
                .bind("idle", utc(now.minus(IDLE)))
                .execute();
        long number = transaction
                .createUpdate("""
                        insert into operator_session (id_hash, operator, address, created_at, last_seen_at)
                        values (:hash, :operator, :address, :now, :now)
                        """)
                .bind("hash", id.hash())
                .bind("operator", operator.id())
                .bind("address", address)
                .bind("now", utc(now))
                .executeAndReturnGeneratedKeys("number")
                .mapTo(Long.class)
                .one();
        return new Session(number, operator, address, now, now);
    }

    /**
     * The session with this id, if it has not ended. It counts as used.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Optional<Session> use(SessionId id) {
        Instant now = clock.instant();
        return database.withHandle(handle -> {
            List<Session> found = read(alive(handle.createQuery(SELECT + " and s.id_hash = :hash"), now)
                    .bind("hash", id.hash()));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Session session = found.get(0);
            if (Duration.between(session.lastSeenAt(), now).compareTo(TOUCH) >= 0) {
                handle.createUpdate("update operator_session set last_seen_at = :now where number = :number")
                        .bind("now", utc(now))
                        .bind("number", session.number())
                        .execute();
            }
            return Optional.of(session);
        });
    }

    /**
     * The sessions that have not ended, newest first.
     *
     * @param operator the id of their operator; all if empty
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public List<Session> list(OptionalLong operator) {
        Instant now = clock.instant();
        return database.withHandle(handle -> read(
                alive(handle.createQuery(SELECT + " and (s.operator = :operator or :any) order by s.number desc"), now)
                        .bind("operator", operator.orElse(0))
                        .bind("any", operator.isEmpty())));
    }

    /**
     * Ends a session.
     *
     * @param operator the id of its operator; any if empty
     * @return whether there was such a session
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public boolean revoke(long number, OptionalLong operator) {
        return database.inTransaction(handle -> {
            Optional<String> name = handle.createQuery("""
                            select o.name from operator_session s join operator o on o.id = s.operator
                             where s.number = :number and (s.operator = :operator or :any)
                            """)
                    .bind("number", number)
                    .bind("operator", operator.orElse(0))
                    .bind("any", operator.isEmpty())
                    .mapTo(String.class)
                    .findFirst();
            name.ifPresent(operatorName -> {
                handle.execute("delete from operator_session where number = ?", number);
                audit.add(handle, "operator session revoke", null, "name=" + operatorName + " session=" + number);
            });
            return name.isPresent();
        });
    }

    /**
     * Ends all other sessions of a session's operator.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public void revokeOthers(Session session) {
        database.inTransaction(handle -> {
            int ended = handle.createUpdate(
                            "delete from operator_session where operator = :operator and number <> :number")
                    .bind("operator", session.operator().id())
                    .bind("number", session.number())
                    .execute();
            if (ended > 0) {
                audit.add(
                        handle,
                        "operator session revoke",
                        null,
                        "name=" + session.operator().name() + " all but session=" + session.number());
            }
            return null;
        });
    }

    /**
     * Ends a session because its operator signs out.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public void signOut(Session session) {
        database.withHandle(
                handle -> handle.execute("delete from operator_session where number = ?", session.number()));
    }

    /** Ends all sessions of an operator. */
    static void endAll(Handle transaction, long operator) {
        transaction.execute("delete from operator_session where operator = ?", operator);
    }

    private static Query alive(Query query, Instant now) {
        return query.bind("oldest", utc(now.minus(LONGEST))).bind("idle", utc(now.minus(IDLE)));
    }

    private static List<Session> read(Query query) {
        return query.reduceRows(new ArrayList<>(), (sessions, row) -> {
            sessions.add(session(row));
            return sessions;
        });
    }

    private static Session session(RowView row) {
        return new Session(
                row.getColumn("number", Long.class),
                OperatorRow.operator(row),
                row.getColumn("address", String.class),
                row.getColumn("session_created_at", OffsetDateTime.class).toInstant(),
                row.getColumn("last_seen_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
