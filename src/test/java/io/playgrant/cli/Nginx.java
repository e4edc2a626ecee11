package io.playgrant.cli;

import static org.awaitility.Awaitility.await;

import io.playgrant.tls.TestCertificate;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs nginx with the example of {@code docs/operations/proxy-and-tls.md}, as a process of its own that keeps to one folder. Only ports, paths and
 * time-outs differ from the example. Logs are kept to be looked through.
 */
record Nginx(Process process, int port, Path folder) implements AutoCloseable {

    private static final Path MANUAL = Path.of("docs", "operations", "proxy-and-tls.md");
    private static final Path OUTPUT = Path.of("target", "process-output");
    private static final Pattern EXAMPLE = Pattern.compile("\n```nginx\n(.*?)\n```\n", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What stands around files of {@code conf.d}, without anything outside of the folder. */
    private static final String AROUND = """
            daemon off;
            master_process off;
            pid nginx.pid;
            events {
            }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                include playgrant.conf;
            }
            """;

    /** The program, if it can be had. */
    static Optional<Path> program() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it in front of a port of this machine.
     *
     * @param certificates a folder for the certificate and its key
     */
    static Nginx start(TestCertificate certificate, Path certificates, int upstream) throws IOException {
        Files.createDirectories(OUTPUT);
        Path folder = Files.createTempDirectory(OUTPUT, "nginx").toAbsolutePath();
        certificate.write(certificates.resolve("fullchain.pem"), certificates.resolve("privkey.pem"));
        int port = freePort();
        Files.writeString(folder.resolve("nginx.conf"), AROUND);
        Files.writeString(folder.resolve("playgrant.conf"), example(port, upstream, certificates, folder));
        Path messages = folder.resolve("messages.log");
        Process process = new ProcessBuilder(
                        program().orElseThrow().toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        "nginx.conf",
                        "-e",
                        "error.log")
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        Nginx nginx = new Nginx(process, port, folder);
        await().atMost(PATIENCE).until(() -> !process.isAlive() || nginx.accepts());
        if (!process.isAlive()) {
            throw new IllegalStateException("nginx did not start: " + Files.readString(messages));
        }
        return nginx;
    }

    private static String example(int port, int upstream, Path certificates, Path logs) throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(MANUAL));
        if (!example.find()) {
            throw new IllegalStateException("There is no nginx example in " + MANUAL);
        }
        String text = example.group(1);
        text = replace(text, "listen 443 ", "listen 127.0.0.1:" + port + " ");
        text = replace(text, "server 127.0.0.1:8080;", "server 127.0.0.1:" + upstream + ";");
        text = replace(text, "/etc/ssl/playgrant/", certificates + "/");
        text = replace(text, "/var/log/nginx/", logs + "/");
        text = replace(text, "client_header_timeout 10s;", "client_header_timeout 1s;");
        return replace(text, "client_body_timeout 10s;", "client_body_timeout 1s;");
    }

    private static String replace(String text, String old, String replacement) {
        if (!text.contains(old)) {
            throw new IllegalStateException("The nginx example has changed, there is no '" + old + "'");
        }
        return text.replace(old, replacement);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The lines of its access log so far. */
    String accessLog() throws IOException {
        return Files.readString(folder.resolve("playgrant.log"));
    }

    /** The lines of its error log so far. */
    String errorLog() throws IOException {
        return Files.readString(folder.resolve("playgrant-error.log"));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("nginx did not end when told to");
        }
    }
}
