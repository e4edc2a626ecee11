package io.playgrant.bench.server;

import io.playgrant.bench.measure.ProcessFigures;
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

/** A server in a process of its own, until it is closed. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 10;

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a server.
     *
     * @param environment its settings; those of whoever runs the benchmark do not reach it
     * @param log gets its output
     */
    static ServerProcess start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PLAYGRANT_"));
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start(), log);
    }

    /** Starts one of the benchmark's own programs, with its libraries, on the Java and with the options of another server. */
    static ServerProcess startLike(
            ServerProcess other, Class<?> program, List<String> arguments, Map<String, String> environment, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(other.figures().program().toString());
        command.addAll(JvmOptions.comparable(other.figures().command()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        return start(command, environment, log);
    }

    /** Waits for a line of output, and returns what its groups match. */
    Matcher await(Pattern line) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            boolean ended = !process.isAlive();
            String output = Files.readString(log);
            Matcher matcher = line.matcher(output);
            if (matcher.find()) {
                return matcher;
            }
            if (ended || System.nanoTime() > end) {
                throw new IllegalStateException("did not start: " + output);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    public ProcessFigures figures() {
        return new ProcessFigures(process.pid());
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the server in the way of an operator. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
