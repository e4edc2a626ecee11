package io.playgrant.storage;

import java.util.Optional;

/** Facts about this installation in its database. */
public final class Installation {

    private final Database database;

    /** The facts of a database. */
    public Installation(Database database) {
        this.database = database;
    }

    /**
     * The fact with a name.
     *
     * @throws StorageException if the database is unreachable
     */
    public Optional<String> fact(String name) {
        return database.withHandle(handle -> handle.createQuery("select fact from installation where name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne());
    }

    /**
     * Stores a fact unless there is one with this name.
     *
     * @return the stored fact
     * @throws StorageException if the database is unreachable
     */
    public String note(String name, String fact) {
        database.inTransaction(handle -> handle.createUpdate(
                        "insert into installation (name, fact) values (:name, :fact) on conflict do nothing")
                .bind("name", name)
                .bind("fact", fact)
                .execute());
        return fact(name).orElseThrow();
    }
}
