package io.playgrant.operator;

import io.playgrant.audit.Audit;
import io.playgrant.storage.Database;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs operators in with name and password. An unknown name costs the same time as a wrong password and has the same result. Failures slow
 * down their address, the name at this address, and the name everywhere else than where its operator signed in before: so nobody can lock
 * an operator out of the usual place.
 */
public final class SignIn {

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

    /** How long an address counts as one where the operator signed in before. */
    private static final Duration USUAL = Duration.ofDays(30);

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random;
    private final Sessions sessions;
    private final SignInLimits limits;
    private final SecretHash hash;

    public SignIn(Database database, Audit audit, Clock clock, SecureRandom random) {
        this(database, audit, clock, random, new SecretHash(random));
    }

    SignIn(Database database, Audit audit, Clock clock, SecureRandom random, SecretHash hash) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        this.sessions = new Sessions(database, audit, clock);
        this.limits = new SignInLimits(database, clock);
        this.hash = hash;
    }

    /** The result of an attempt. */
    public sealed interface Result {}

    /**
     * The operator is signed in.
     *
     * @param session the new session
     * @param id its id
     */
    public record SignedIn(Session session, SessionId id) implements Result {}

    /** There is no enabled operator with this name and password. */
    public record Refused() implements Result {}

    /**
     * There were too many failures.
     *
     * @param delay how long the next attempt must wait
     */
    public record Blocked(Duration delay) implements Result {}

    /**
     * Signs an operator in.
     *
     * @param address where the request comes from
     * @throws BusyException if too many secrets are being checked
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Result signIn(String name, OperatorSecret password, String address) {
        Optional<OperatorRow> row = database.withHandle(handle -> OperatorRow.find(handle, name));
        List<SignInSubject> ofName = new ArrayList<>(List.of(SignInSubject.ofNameAt(name, address)));
        if (!isUsual(row, address)) {
            ofName.add(SignInSubject.ofName(name));
        }
        List<SignInSubject> all = new ArrayList<>(ofName);
        all.add(SignInSubject.ofAddress(address));
        Optional<Duration> wait = limits.begin(all);
        if (wait.isPresent()) {
            return new Blocked(wait.get());
        }
        boolean matches =
                hash.matches(password, row.map(OperatorRow::passwordHash).orElseGet(hash::decoy));
        if (row.isEmpty() || !matches || !row.get().operator().enabled()) {
            report(row, matches, address);
            return new Refused();
        }
        return database.inTransaction(handle -> {
            Operator checked = row.get().operator();
            boolean isUnchanged = OperatorRow.lock(handle, checked.name())
                    .map(OperatorRow::operator)
                    .filter(checked::equals)
                    .isPresent();
            if (!isUnchanged) {
                return new Refused();
            }
            limits.succeeded(handle, all, ofName);
            return begin(handle, checked, address);
        });
    }

    private Result begin(Handle handle, Operator checked, String address) {
        SessionId id = SessionId.draw(random);
        Session session = sessions.open(handle, id, checked, address);
        remember(handle, checked, address);
        audit.as(checked.at(address)).add(handle, "operator sign-in", null, "session=" + session.number());
        return new SignedIn(session, id);
    }

    private boolean isUsual(Optional<OperatorRow> row, String address) {
        if (SignInSubject.isLoopback(address)) {
            return true;
        }
        long id = row.map(found -> found.operator().id()).orElse(0L);
        return database.withHandle(handle -> handle.createQuery("""
                        select 1 from operator_address
                         where operator = :operator and address = :address and signed_in_at > :since
                        """)
                .bind("operator", id)
                .bind("address", SignInSubject.network(address))
                .bind("since", since())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent());
    }

    private void remember(Handle handle, Operator operator, String address) {
        handle.createUpdate("""
                        delete from operator_address
                         where operator = :operator and (address = :address or signed_in_at <= :since)
                        """)
                .bind("operator", operator.id())
                .bind("address", SignInSubject.network(address))
                .bind("since", since())
                .execute();
        handle.createUpdate("""
                        insert into operator_address (operator, address, signed_in_at) values (:operator, :address, :now)
                        """)
                .bind("operator", operator.id())
                .bind("address", SignInSubject.network(address))
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
    }

    private OffsetDateTime since() {
        return clock.instant().minus(USUAL).atOffset(ZoneOffset.UTC);
    }

    /** A name that no operator has is not logged: it may be a password that was typed into the wrong field. */
    private static void report(Optional<OperatorRow> row, boolean matches, String address) {
        if (row.isEmpty()) {
            LOG.warn("Sign-in from {} refused: unknown operator", address);
        } else {
            LOG.warn(
                    "Sign-in of operator {} from {} refused: {}",
                    row.get().operator().name(),
                    address,
                    matches ? "disabled" : "wrong password");
        }
    }
}
