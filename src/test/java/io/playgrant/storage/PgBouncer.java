package io.playgrant.storage;

import static org.awaitility.Awaitility.await;

import io.playgrant.broker.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** PgBouncer in transaction mode, before a PostgreSQL server; a process of its own on 127.0.0.1, which keeps to one folder. */
final class PgBouncer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Where {@code verify} unpacks the libraries that it needs. */
    private static final Path LIBRARIES =
            Path.of("target", "pgbouncer", "usr", "lib").toAbsolutePath();

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The program, if it can be had. */
    static Optional<Path> program() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it.
     *
     * @param server the port of the PostgreSQL server
     * @param settings further lines for {@code pgbouncer.ini}
     */
    static PgBouncer start(Path folder, int server, String... settings) throws IOException {
        int port = FreePort.find();
        List<String> lines = new ArrayList<>(List.of(
                "[databases]",
                "* = host=127.0.0.1 port=" + server + " user=postgres",
                "[pgbouncer]",
                "listen_addr = 127.0.0.1",
                "listen_port = " + port,
                "unix_socket_dir =",
                "auth_type = any",
                "pool_mode = transaction"));
        lines.addAll(List.of(settings));
        Path configuration = Files.write(folder.resolve("pgbouncer.ini"), lines);
        Path messages = folder.resolve("pgbouncer.log");
        ProcessBuilder builder = new ProcessBuilder(command(configuration));

        builder.environment().put("LD_LIBRARY_PATH", libraries());
        PgBouncer pgBouncer = new PgBouncer(
                builder.redirectErrorStream(true)
                        .redirectOutput(messages.toFile())
                        .start(),
                port);
        await().atMost(PATIENCE).until(() -> !pgBouncer.process.isAlive() || pgBouncer.accepts());
        if (!pgBouncer.process.isAlive()) {
            throw new IllegalStateException("pgbouncer did not start: " + Files.readString(messages));
        }
        return pgBouncer;
    }

    /** It refuses to run as root, and is given a user namespace then, as PostgreSQL is. */
    private static List<String> command(Path configuration) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(program().orElseThrow().toString(), configuration.toString()));
        return command;
    }

    private static String libraries() throws IOException {
        if (!Files.isDirectory(LIBRARIES)) {
            return "";
        }
        try (Stream<Path> folders = Files.walk(LIBRARIES)) {
            return folders.filter(Files::isDirectory)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A database of the server behind it, by way of it. */
    DatabaseServer database(DatabaseServer direct, String parameters) {
        String name = direct.url().substring(direct.url().lastIndexOf('/') + 1);
        return new DatabaseServer(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + name + parameters, direct.user(), direct.password());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("pgbouncer did not end when told to");
        }
    }
}
