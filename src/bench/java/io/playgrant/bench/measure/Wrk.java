package io.playgrant.bench.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Debian's load generator wrk: some connections, each of which asks again as soon as it is answered. */
public final class Wrk {

    private static final long TERMINATION_SECONDS = 20;

    private Wrk() {}

    /**
     * What is asked, and over how many connections.
     *
     * @param url a secret if it contains an authenticator
     * @param script a file in Lua that makes the requests; null for GET
     */
    public record Load(URI url, int connections, @Nullable Path script) {

        /** GET over some connections. */
        public static Load get(URI url, int connections) {
            return new Load(url, connections, null);
        }

        /** Without the URL's query. */
        @Override
        public String toString() {
            return "Load[" + url.getPath() + ", " + connections + "]";
        }
    }

    /** Fails if there is no wrk. */
    public static void require() throws InterruptedException {
        try {
            new ProcessBuilder("wrk", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new MissingToolException("wrk is needed: apt-get install wrk");
        }
    }

    /** Asks for a while. */
    public static WrkReport run(Load load, Duration time) throws IOException, InterruptedException {
        Process process = start(load, time);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TERMINATION_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new IllegalStateException("wrk failed: " + output);
        }
        return WrkReport.parse(output);
    }

    /** Begins to ask for a while; the caller reads the output. */
    public static Process start(Load load, Duration time) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("wrk", "-t1", "-c" + load.connections(), "-d" + time.toSeconds() + "s", "--latency", "--timeout", "30s"));
        if (load.script() != null) {
            command.addAll(List.of("-s", load.script().toString()));
        }
        command.add(load.url().toString());
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
