package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.JavaProcess;
import io.playgrant.Playgrant;
import io.playgrant.account.CustomerAuthenticator;
import io.playgrant.app.Application;
import io.playgrant.config.Settings;
import io.playgrant.files.JwkFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** An installation of its own, with the repository's settings and routes, and its command line. */
public final class TestHome {

    private static final Path REPOSITORY = Path.of("").toAbsolutePath();

    private final Path path;

    /** What a command printed, and its exit status. */
    public record Run(int exit, String out, String err) {

        public JsonNode json() throws IOException {
            assertThat(out.lines()).hasSize(1);
            assertThat(out).endsWith("}\n");
            return new ObjectMapper().readTree(out);
        }
    }

    private TestHome(Path path) {
        this.path = path;
    }

    public static TestHome in(Path path) throws IOException {
        Files.copy(REPOSITORY.resolve("application.properties"), path.resolve("application.properties"));
        Files.createDirectory(path.resolve("routes"));
        try (Stream<Path> routes = Files.list(REPOSITORY.resolve("routes"))) {
            for (Path route : routes.toList()) {
                Files.copy(
                        route,
                        path.resolve("routes").resolve(route.getFileName().toString()));
            }
        }
        return new TestHome(path);
    }

    /** Makes a named pipe. */
    public static Path fifo(Path path) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("mkfifo", path.toString()).start();
        assertThat(process.waitFor()).isZero();
        return path;
    }

    public Path data() {
        return path.resolve("data");
    }

    /** The installation opened, its secrets marked. */
    public Application openApplication() {
        Application application = Application.open(Settings.load(path, Map.of()));
        Stream.of("ring.json", "hash-key.json")
                .flatMap(file -> JwkFile.secrets(JwkFile.read(data().resolve(file))).stream())
                .forEach(key -> secret(key.getKeyValue().toString()));
        return application;
    }

    public static void mark(Collection<CustomerAuthenticator> authenticators) {
        authenticators.forEach(authenticator -> secret(HexFormat.of().formatHex(authenticator.secret())));
    }

    /** Runs a command in this process, as the launcher would in another. */
    public Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Run run = runInto(out, args);
        return new Run(run.exit(), out.toString(StandardCharsets.UTF_8), run.err());
    }

    /** Runs a command whose standard output cannot be written to. */
    Run runUnwritable(String... args) {
        OutputStream full = new OutputStream() {

            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        return runInto(full, args);
    }

    /** Runs a command whose standard output is this; what it printed is not in the answer. */
    public Run runInto(OutputStream out, String... args) {
        assertThat(System.getenv().keySet())
                .as("a setting would lead the command out of the test's folder")
                .noneMatch(name -> name.startsWith("PLAYGRANT_"));
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        PrintStream systemOut = System.out;
        PrintStream systemErr = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setProperty("playgrant.home", path.toString());
        System.setProperty("playgrant.log.level", "ERROR");
        root.setLevel(Level.ERROR);
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        int exit;
        try {
            exit = CommandLineInterface.run(args);
        } finally {
            System.setOut(systemOut);
            System.setErr(systemErr);
            root.setLevel(level);
            System.clearProperty("playgrant.log.level");
            System.clearProperty("playgrant.home");
        }
        return new Run(exit, "", err.toString(StandardCharsets.UTF_8));
    }

    /** Runs a command in this process, with this text on standard input. */
    public Run runWithInput(String text, String... args) {
        return runWithInput(text.getBytes(StandardCharsets.UTF_8), args);
    }

    /** The same with bytes. */
    public Run runWithInput(byte[] bytes, String... args) {
        InputStream systemIn = System.in;
        System.setIn(new ByteArrayInputStream(bytes));
        try {
            return run(args);
        } finally {
            System.setIn(systemIn);
        }
    }

    /** Runs a command in a process of its own. */
    public Run runProcess(Map<String, String> environment, String... args) throws IOException, InterruptedException {
        Path out = path.resolve("stdout");
        Path err = path.resolve("stderr");
        Process process = JavaProcess.builder(
                        environment, List.of("-Dplaygrant.home=" + path), Playgrant.class.getName(), List.of(args))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Makes an account and gives its authenticator of the production environment. */
    public String createAccount(String name) throws IOException {
        Run run = run("account", "create", "--name", name, "--json");
        markAll(run.out());
        assertThat(run.exit()).isZero();
        return run.json().get("production").get("customerAuthenticator").textValue();
    }

    /** Marks whatever in a text is an authenticator. */
    public static void markAll(String text) {
        Pattern.compile("[0-9]+,([0-9a-f]{32})").matcher(text).results().forEach(result -> secret(result.group(1)));
    }
}
