package io.playgrant.operator;

import io.playgrant.audit.Audit;
import io.playgrant.storage.Database;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** The operators in the database. */
public final class Operators {

    /** The form of a name: it appears in the audit and in logs, where it must not look like something else. */
    public static final String NAME_FORM =
            "must have 1 to 64 letters, digits and . _ @ + -, and begin with a letter or digit";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random;
    private final SecretHash hash;

    public Operators(Database database, Audit audit, Clock clock, SecureRandom random) {
        this(database, audit, clock, random, new SecretHash(random));
    }

    Operators(Database database, Audit audit, Clock clock, SecureRandom random, SecretHash hash) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        this.hash = hash;
    }

    /**
     * An operator that was just created, with secrets that cannot be read again.
     *
     * @param operator the operator
     * @param password the password
     * @param apiToken the API token
     */
    public record Created(Operator operator, OperatorSecret password, OperatorSecret apiToken) {}

    /**
     * A new secret of an operator, which cannot be read again.
     *
     * @param operator the operator
     * @param secret the password or the API token
     */
    public record Renewed(Operator operator, OperatorSecret secret) {}

    /** Whether an operator may have this name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Creates an enabled operator with a password and an API token, and passes them to a callback before the commit. If the callback fails,
     * no operator is created.
     *
     * @param handOver receives the operator with the secrets; it must be quick
     * @throws OperatorException if the name is malformed or in use
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Created create(String name, Role role, Consumer<Created> handOver) {
        if (!isName(name)) {
            throw new OperatorException("The name of an operator " + NAME_FORM);
        }
        return database.inTransaction(handle -> {
            OperatorSecret password = OperatorSecret.drawPassword(random);
            boolean isNew = insert(handle, name, role, hash.of(password));
            if (!isNew) {
                throw new OperatorException("There is already an operator " + name);
            }
            long id = OperatorRow.find(handle, name).orElseThrow().operator().id();
            OperatorSecret token = OperatorSecret.drawToken(id, random);
            handle.createUpdate("update operator set token_hash = :hash where id = :id")
                    .bind("hash", hash.of(token))
                    .bind("id", id)
                    .execute();
            Operator operator = OperatorRow.find(handle, id).orElseThrow().operator();
            audit.add(handle, "operator create", null, "name=" + name + " role=" + role.label());
            Created created = new Created(operator, password, token);
            handOver.accept(created);
            return created;
        });
    }

    private boolean insert(Handle handle, String name, Role role, String passwordHash) {
        return handle.createUpdate("""
                                insert into operator (name, name_key, role, enabled, password_hash, token_hash, created_at, revision)
                                values (:name, :key, :role, true, :password, '', :now, 1)
                                on conflict do nothing
                                """)
                        .bind("name", name)
                        .bind("key", OperatorRow.key(name))
                        .bind("role", role.label())
                        .bind("password", passwordHash)
                        .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .execute()
                == 1;
    }

    /**
     * All operators, by name.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public List<Operator> list() {
        return database.withHandle(handle -> handle.createQuery(
                        "select " + OperatorRow.COLUMNS + " from operator o order by o.name_key")
                .reduceRows(new ArrayList<Operator>(), (operators, row) -> {
                    operators.add(OperatorRow.operator(row));
                    return operators;
                }));
    }

    /**
     * Whether there is no operator at all.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public boolean isEmpty() {
        return database.withHandle(handle -> handle.createQuery("select id from operator limit 1")
                .mapTo(Long.class)
                .findFirst()
                .isEmpty());
    }

    /**
     * The operator with a name, without regard to case.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Optional<Operator> find(String name) {
        return database.withHandle(handle -> OperatorRow.find(handle, name).map(OperatorRow::operator));
    }

    /**
     * The operator with a name, without regard to case. It cannot change until the transaction that the caller has begun ends.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Optional<Operator> lock(String name) {
        return database.inTransaction(handle -> OperatorRow.lock(handle, name).map(OperatorRow::operator));
    }

    /**
     * Changes an operator. Whoever is disabled is signed out.
     *
     * @return the changed operator; empty if there is none with this name
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Optional<Operator> change(String name, OperatorChange change) {
        return database.inTransaction(handle -> OperatorRow.lock(handle, name).map(row -> {
            Operator before = row.operator();
            handle.createUpdate("""
                            update operator
                               set role = coalesce(:role, role), enabled = coalesce(:enabled, enabled), revision = revision + 1
                             where id = :id
                            """)
                    .bind("role", change.role() == null ? null : change.role().label())
                    .bind("enabled", change.enabled())
                    .bind("id", before.id())
                    .execute();
            if (Boolean.FALSE.equals(change.enabled())) {
                Sessions.endAll(handle, before.id());
            }
            audit.add(handle, "operator set", null, "name=" + before.name() + " " + change);
            return OperatorRow.find(handle, before.id()).orElseThrow().operator();
        }));
    }

    /**
     * Deletes an operator, with all sessions.
     *
     * @return whether there was an operator with this name
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public boolean delete(String name) {
        return database.inTransaction(handle -> {
            Optional<OperatorRow> row = OperatorRow.lock(handle, name);
            row.ifPresent(found -> {
                handle.execute(
                        "delete from operator where id = ?", found.operator().id());
                audit.add(
                        handle,
                        "operator delete",
                        null,
                        "name=" + found.operator().name());
            });
            return row.isPresent();
        });
    }

    /**
     * Gives an operator a new password, ends all sessions and forgets failures to sign in.
     *
     * @param handOver receives the password before the commit; if it throws, the old password remains
     * @return empty if there is no operator with this name
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Optional<Renewed> newPassword(String name, Consumer<Renewed> handOver) {
        return database.inTransaction(handle -> OperatorRow.lock(handle, name).map(row -> {
            OperatorSecret password = OperatorSecret.drawPassword(random);
            Operator changed = renew(handle, row, "password_hash", password, "operator password");
            Sessions.endAll(handle, changed.id());
            SignInLimits.forget(handle, changed.name());
            return handedOver(new Renewed(changed, password), handOver);
        }));
    }

    /**
     * Gives an operator a new API token. The old one is refused at once.
     *
     * @param handOver receives the API token before the commit; if it throws, the old one remains
     * @return empty if there is no operator with this name
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Optional<Renewed> newApiToken(String name, Consumer<Renewed> handOver) {
        return database.inTransaction(handle -> OperatorRow.lock(handle, name).map(row -> {
            OperatorSecret token = OperatorSecret.drawToken(row.operator().id(), random);
            Operator changed = renew(handle, row, "token_hash", token, "operator token");
            return handedOver(new Renewed(changed, token), handOver);
        }));
    }

    private Operator renew(Handle handle, OperatorRow row, String column, OperatorSecret secret, String action) {
        long id = row.operator().id();
        handle.createUpdate("update operator set " + column + " = :hash, revision = revision + 1 where id = :id")
                .bind("hash", hash.of(secret))
                .bind("id", id)
                .execute();
        audit.add(handle, action, null, "name=" + row.operator().name());
        return OperatorRow.find(handle, id).orElseThrow().operator();
    }

    private static Renewed handedOver(Renewed renewed, Consumer<Renewed> handOver) {
        handOver.accept(renewed);
        return renewed;
    }
}
