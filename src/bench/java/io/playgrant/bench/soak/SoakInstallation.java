package io.playgrant.bench.soak;

import io.playgrant.bench.server.PlaygrantServer;
import io.playgrant.config.SharedInstallation;
import io.playgrant.storage.DatabaseServer;
import io.playgrant.storage.PostgresServer;
import io.playgrant.storage.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A server on a PostgreSQL database that can be made to hang, reached through a network that can be made to hang. */
final class SoakInstallation implements AutoCloseable {

    private final PostgresServer postgres;
    private final TcpProxy network;
    private final SharedInstallation direct;
    private final PlaygrantServer server;
    private final Path data;

    private SoakInstallation(Path data) throws IOException, InterruptedException {
        this.data = data;
        postgres = PostgresServer.start();
        DatabaseServer database = postgres.createDatabase();
        direct = new SharedInstallation(database);
        direct.makeKeys(data);
        network = TcpProxy.to(postgres.port());
        Map<String, String> environment = new HashMap<>(direct.environment());
        environment.put(
                "PLAYGRANT_DATABASE_URL",
                database.url().replace(":" + postgres.port() + "/", ":" + network.port() + "/"));
        server = PlaygrantServer.start(data, environment);
    }

    static SoakInstallation start(Path data) throws IOException, InterruptedException {
        return new SoakInstallation(data);
    }

    PlaygrantServer server() {
        return server;
    }

    Path data() {
        return data;
    }

    /** The installation as commands see it, whose database connections nothing disturbs. */
    SharedInstallation direct() {
        return direct;
    }

    /** Settings of commands. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(direct.environment());
        environment.put("PLAYGRANT_DATA_DIR", data.toString());
        return environment;
    }

    /** A failure of the database, and its end. */
    enum Hiccup {
        /** The database takes connections and answers nothing. */
        DATABASE_HANGS {
            @Override
            void begin(SoakInstallation installation) {
                installation.postgres.pause();
            }

            @Override
            void end(SoakInstallation installation) {
                installation.postgres.resume();
            }
        },
        /** Nothing passes between server and database. */
        NETWORK_HANGS {
            @Override
            void begin(SoakInstallation installation) {
                installation.network.hang();
            }

            @Override
            void end(SoakInstallation installation) {
                installation.network.resume();
            }
        },
        /** The database drops all connections of the server. */
        CONNECTIONS_DROP {
            @Override
            void begin(SoakInstallation installation) {
                installation.postgres.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where pid <> pg_backend_pid() and backend_type = 'client backend'");
            }

            @Override
            void end(SoakInstallation installation) {
                // The server connects again.
            }
        };

        abstract void begin(SoakInstallation installation);

        abstract void end(SoakInstallation installation);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
        network.close();
        postgres.close();
    }
}
