package io.playgrant.cli;

import static org.awaitility.Awaitility.await;

import io.playgrant.FastStart;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs {@code target/playgrant.jar} in processes of its own, on a data folder of the test's. Logs are kept to be looked through. */
public final class PackagedProgram {

    static final String JAR = Path.of("target", "playgrant.jar").toString();
    private static final Path OUTPUT = Path.of("target", "process-output");
    private static final Pattern READY = Pattern.compile(
            "Playgrant serves on http://[^\\s\"]+:(\\d+)\\b(?s:.*?)Health and metrics on http://[^\\s\"]+:(\\d+)/observe/");
    private static final Pattern DEMO_READY = Pattern.compile("The demo is at http://127\\.0\\.0\\.1:(\\d+)/demo/\\n");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE_WITH_SCRIPTS = Duration.ofMinutes(5);

    private PackagedProgram() {}

    /** A process that has ended. */
    record Finished(int status, String out, String err) {}

    static Finished run(Path data, String... arguments) throws Exception {
        return run(data, Map.of(), arguments);
    }

    static Finished run(Path data, Map<String, String> environment, String... arguments) throws Exception {
        Path out = Files.createTempFile("playgrant", ".out");
        Path err = log();
        Process process = start(data, environment, javaOptions(), out.toFile(), err.toFile(), arguments);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("did not end: " + arguments[0]);
        }
        Finished finished = new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        return finished;
    }

    /**
     * Runs a script of the shell, in which {@code playgrant} is the program.
     *
     * @param environment what the script needs beside it
     */
    static Finished runScript(Map<String, String> environment, String script) throws Exception {
        Path out = Files.createTempFile("playgrant", ".out");
        Path err = log();
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "playgrant() { \"$JAVA\" $JAVA_OPTIONS \"$HOME_OPTION\" -jar \"$JAR\" \"$@\"; }\n" + script)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PLAYGRANT_"));
        builder.environment().put("JAVA", java());
        builder.environment().put("JAVA_OPTIONS", String.join(" ", javaOptions()));
        builder.environment().put("HOME_OPTION", homeOption());
        builder.environment().put("JAR", JAR);
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_WITH_SCRIPTS.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("did not end: " + script);
        }
        Finished finished = new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        return finished;
    }

    static Server serve(Path data) throws Exception {
        return serve(data, Map.of());
    }

    /** Starts a server, and returns when it is ready. */
    public static Server serve(Path data, Map<String, String> environment) throws IOException {
        return serve(data, environment, javaOptions());
    }

    static Server serve(Path data, Map<String, String> environment, List<String> javaOptions) throws IOException {
        Path log = log();
        Process process = start(data, environment, javaOptions, log.toFile(), log.toFile(), "serve");
        Matcher ready = awaitReady(process, log, READY);
        return new Server(process, Integer.parseInt(ready.group(1)), Integer.parseInt(ready.group(2)), log);
    }

    /**
     * Starts a demo, and returns when its page is served.
     *
     * @param data the data folder of the installation, which a demo does not use
     */
    public static Server demo(Path data) throws IOException {
        Path log = log();
        Process process = start(data, Map.of(), javaOptions(), log.toFile(), log.toFile(), "demo", "--port", "0");
        return new Server(
                process, Integer.parseInt(awaitReady(process, log, DEMO_READY).group(1)), 0, log);
    }

    /** The match of what a server writes once it serves. */
    private static Matcher awaitReady(Process process, Path log, Pattern written) throws IOException {
        await().atMost(PATIENCE)
                .until(() -> !process.isAlive()
                        || written.matcher(Files.readString(log)).find());
        Matcher ready = written.matcher(Files.readString(log));
        if (!ready.find()) {
            throw new IllegalStateException("did not start: " + Files.readString(log));
        }
        return ready;
    }

    /** A server that runs until it is closed. */
    public record Server(Process process, int port, int managementPort, Path log) implements AutoCloseable {

        int terminate() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("did not end when told to");
            }
            return process.exitValue();
        }

        /** Without a chance to do anything more. */
        public void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() throws InterruptedException {
            terminate();
        }
    }

    /**
     * A command that runs.
     *
     * @param err the file that its messages go to
     */
    record RunningCommand(Process process, Path err) {

        /** What it has written so far. */
        String messages() throws IOException {
            return Files.readString(err);
        }
    }

    /** Starts a command whose messages the test reads while it runs. */
    static RunningCommand begin(Path data, Map<String, String> environment, String... arguments) throws IOException {
        Path err = log();
        return new RunningCommand(start(data, environment, javaOptions(), err.toFile(), err.toFile(), arguments), err);
    }

    /** Starts a process that the test ends. */
    static Process start(Path data, Map<String, String> environment, String... arguments) throws IOException {
        Path log = log();
        return start(data, environment, javaOptions(), log.toFile(), log.toFile(), arguments);
    }

    static Process start(Path data, List<String> javaOptions, String... arguments) throws IOException {
        Path log = log();
        return start(data, Map.of(), javaOptions, log.toFile(), log.toFile(), arguments);
    }

    private static Process start(
            Path data,
            Map<String, String> environment,
            List<String> javaOptions,
            File out,
            File err,
            String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(javaOptions);
        command.add(homeOption());
        command.add("-jar");
        command.add(JAR);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PLAYGRANT_"));
        builder.environment().put("PLAYGRANT_DATA_DIR", data.toString());
        builder.environment().put("PLAYGRANT_HTTP_PORT", "0");
        builder.environment().put("PLAYGRANT_MANAGEMENT_PORT", "0");
        builder.environment().putAll(environment);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(out));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(err));
        return builder.start();
    }

    private static List<String> javaOptions() {
        List<String> options = new ArrayList<>(SharedClasses.options());
        options.add(FastStart.OPTIONS);
        return options;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String homeOption() {
        return "-Dplaygrant.home=" + Path.of("").toAbsolutePath();
    }

    private static Path log() throws IOException {
        Files.createDirectories(OUTPUT);
        return Files.createTempFile(OUTPUT, "process", ".log");
    }
}
