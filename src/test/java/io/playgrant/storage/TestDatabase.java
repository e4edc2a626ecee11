package io.playgrant.storage;

import io.playgrant.TemporaryFolder;
import org.jspecify.annotations.Nullable;

/** A database of one kind, empty at first and gone when it is closed. */
public interface TestDatabase extends AutoCloseable {

    /** Opens it, as one node does; further calls are further nodes. */
    default Database open() {
        return open(Database.NEWEST);
    }

    /** Opens it with the tables of an older version of the program. */
    Database open(String schemaVersion);

    @Override
    void close();

    /** One in a folder. */
    static TestDatabase embedded() {
        return new Embedded(TemporaryFolder.create());
    }

    /** One on the shared server. */
    static TestDatabase postgresql() {
        return new Postgres();
    }

    record Embedded(TemporaryFolder folder) implements TestDatabase {

        @Override
        public Database open(String schemaVersion) {
            return Database.openEmbedded(folder.path(), schemaVersion);
        }

        @Override
        public void close() {
            folder.close();
        }
    }

    final class Postgres implements TestDatabase {

        private @Nullable DatabaseServer server;

        @Override
        public synchronized Database open(String schemaVersion) {
            if (server == null) {
                server = schemaVersion.equals(Database.NEWEST)
                        ? PostgresServer.newMigratedDatabase()
                        : PostgresServer.newDatabase();
            }
            return Database.open(server, schemaVersion);
        }

        @Override
        public synchronized void close() {
            if (server != null) {
                PostgresServer.shared().dropDatabase(server);
            }
        }
    }
}
