package io.playgrant.storage;

import static org.awaitility.Awaitility.await;

import io.playgrant.broker.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server in processes of its own, on 127.0.0.1. It can be stopped, started again and made to hang, and then has the same port
 * and the same data. It ends with this process at the latest.
 *
 * <p>PostgreSQL refuses to run as root. It is given a user namespace then, which needs {@code unshare} and a kernel that allows it.
 */
public final class PostgresServer implements AutoCloseable {

    /** Clients connect to it without a password. */
    private static final String USER = "postgres";

    private static final Path FOLDER = Path.of("target", "postgres").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    static {
        // The programs are unpacked there once, and data that a killed process left are cleaned up.
        System.setProperty("ot.epg.working-dir", FOLDER.toString());
    }

    /** For all tests of this process that leave it as it is. */
    private static final class Shared {
        private static final PostgresServer SERVER = start();
    }

    /** What databases with tables are copied from, which takes less time than making the tables. */
    private static final class Template {
        private static final DatabaseServer DATABASE = make();

        private static DatabaseServer make() {
            DatabaseServer made = newDatabase();
            Database.open(made, Database.NEWEST).close();
            return made;
        }
    }

    private final Path data;
    private final int port;
    private @Nullable EmbeddedPostgres running;

    private PostgresServer(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** The server that all tests share; started on first use. It must neither be stopped nor paused. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** A fresh, empty database on the {@linkplain #shared shared} server. */
    public static DatabaseServer newDatabase() {
        return shared().createDatabase();
    }

    /** A fresh database on the {@linkplain #shared shared} server, with tables that hold nothing. */
    public static DatabaseServer newMigratedDatabase() {
        return shared().createDatabase("template " + name(Template.DATABASE));
    }

    /** Starts a server of the caller's own. */
    public static PostgresServer start() {
        try {
            Files.createDirectories(FOLDER);
            PostgresServer server = new PostgresServer(Files.createTempDirectory(FOLDER, "data-"), FreePort.find());
            server.restart();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again after a {@link #stop}. */
    public synchronized void restart() {
        try {
            // Without fsync in any case: a test never takes the machine's power away.
            running = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("shared_buffers", "32MB")
                    .setServerConfig("max_wal_size", "256MB")
                    .setServerConfig("deadlock_timeout", "100ms")
                    .setPGStartupWait(PATIENCE)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it, if it runs, which breaks its connections. Its data stay. */
    public synchronized void stop() {
        EmbeddedPostgres server = running;
        if (server != null) {
            running = null;
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Makes it hang: connections stay, new ones are taken, and nothing is answered. */
    public void pause() {
        signal("-STOP");
    }

    /** Lets it go on after a {@link #pause}. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        firstProcess()
                .ifPresent(first -> Stream.concat(Stream.of(first), first.descendants())
                        .forEach(process -> command.add(Long.toString(process.pid()))));
        try {
            // A connection may have ended meanwhile: not every process need be there still.
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The process that all others come from, if it runs. */
    private Optional<ProcessHandle> firstProcess() {
        try {
            return ProcessHandle.of(Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Makes a fresh, empty database. */
    public DatabaseServer createDatabase() {
        return createDatabase("");
    }

    /**
     * Makes a fresh, empty database.
     *
     * @param options of {@code create database}, after its name
     */
    public DatabaseServer createDatabase(String options) {
        String name = "test_" + DATABASES.incrementAndGet();
        execute("create database " + name + " " + options);
        return new DatabaseServer("jdbc:postgresql://127.0.0.1:" + port + "/" + name, USER, "");
    }

    /** Takes a database away, with the connections to it. */
    public void dropDatabase(DatabaseServer database) {
        execute("drop database if exists " + name(database) + " with (force)");
    }

    private static String name(DatabaseServer database) {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    /** Executes a statement as the server's owner, in a database that holds nothing. */
    public void execute(String sql) {
        inConnection(statement -> statement.execute(sql));
    }

    private String ask(String sql) {
        return inConnection(statement -> {
            try (ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getString(1);
            }
        });
    }

    /** What is done with a statement. */
    @FunctionalInterface
    private interface Work<T> {
        T with(Statement statement) throws SQLException;
    }

    private <T> T inConnection(Work<T> work) {
        EmbeddedPostgres server = running;
        if (server == null) {
            throw new IllegalStateException("The server does not run");
        }
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            return work.with(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a user who needs a password from now on. The server's owner goes on without one. */
    public void requirePasswords(String user, String password) {
        execute("create role " + user + " login password '" + password + "'");
        Path rules = data.resolve("pg_hba.conf");
        try {
            Files.writeString(rules, "host all " + user + " 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        execute("select pg_reload_conf()");
    }

    /**
     * Offers TLS to whoever connects from now on.
     *
     * @param certificate in PEM
     * @param key in PEM
     */
    public void offerTls(String certificate, String key) {
        try {
            Files.writeString(data.resolve("server.crt"), certificate);
            // It refuses a key that others can read.
            Path file = data.resolve("server.key");
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        execute("alter system set ssl = on");
        execute("select pg_reload_conf()");
        await().atMost(PATIENCE).until(() -> ask("show ssl").equals("on"));
    }

    /** Ends it and takes its data away. */
    @Override
    public synchronized void close() {
        if (running != null) {
            resume();
            // It may be stopped already, by the hook of the library that started it.
            Optional<ProcessHandle> first = firstProcess();
            stop();
            first.ifPresent(process -> process.onExit()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join());
        }
        if (Files.exists(data)) {
            try (Stream<Path> files = Files.walk(data)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
