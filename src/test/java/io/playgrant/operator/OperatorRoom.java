package io.playgrant.operator;

import static io.playgrant.TestSecrets.secret;

import io.playgrant.audit.Audit;
import io.playgrant.audit.AuditEntry;
import io.playgrant.storage.Database;
import io.playgrant.storage.TestDatabase;
import io.playgrant.token.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** The room of operators on a database, at a time that stands still. */
final class OperatorRoom implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    static final String ADDRESS = "192.0.2.1";

    private final SecureRandom random = new SecureRandom();
    final SettableClock clock = new SettableClock(NOW, Duration.ZERO);
    final Database database;
    final Audit audit;
    final Operators operators;
    final Sessions sessions;
    /** Cheap, because tests try many passwords. */
    final SecretHash hash = new SecretHash(random, new SecretHash.Cost(64, 1, 1));

    final SignIn signIn;
    final ApiTokens tokens;

    OperatorRoom(TestDatabase databases) {
        database = databases.open();
        audit = new Audit(database, clock, "tester");
        operators = new Operators(database, audit, clock, random, hash);
        sessions = new Sessions(database, audit, clock);
        signIn = new SignIn(database, audit, clock, random, hash);
        tokens = new ApiTokens(database, clock, random, hash);
    }

    /** Creates an operator, whose secrets it marks. */
    Operators.Created create(String name, Role role) {
        return operators.create(name, role, created -> {
            secret(created.password().reveal());
            secret(created.apiToken().reveal());
        });
    }

    /** Signs in, which must succeed. */
    SignIn.SignedIn signedIn(Operators.Created created, String address) {
        SignIn.SignedIn signedIn =
                (SignIn.SignedIn) signIn.signIn(created.operator().name(), created.password(), address);
        secret(signedIn.id().reveal());
        return signedIn;
    }

    /** Tries to sign in with a wrong password. */
    SignIn.Result fail(String name, String address) {
        return signIn.signIn(name, OperatorSecret.of("wrong"), address);
    }

    /** The audit, newest first: author, action and details. */
    List<String> audited() {
        return audit.list(OptionalLong.empty(), 100).stream()
                .map(OperatorRoom::line)
                .toList();
    }

    private static String line(AuditEntry entry) {
        return entry.who() + ": " + entry.action() + " " + entry.details();
    }

    @Override
    public void close() {
        database.close();
    }
}
