package io.playgrant.bench.server;

import io.playgrant.bench.measure.ProcessFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Playgrant as it is shipped: its launcher, with the launcher's own options.
 *
 * @param process the process
 * @param port where it serves
 * @param managementPort where it serves health and metrics
 */
public record PlaygrantServer(ServerProcess process, int port, int managementPort) implements AutoCloseable {

    private static final Pattern READY = Pattern.compile(
            "Playgrant serves on http://[^\\s\"]+:(\\d+)\\b(?s:.*?)Health and metrics on http://[^\\s\"]+:(\\d+)/observe/");

    /** Starts it on free ports, and returns when it serves. */
    public static PlaygrantServer start(Path data, Map<String, String> settings)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("PLAYGRANT_HTTP_PORT", "0");
        environment.put("PLAYGRANT_MANAGEMENT_PORT", "0");
        ServerProcess process = launch(data, environment);
        Matcher ready = process.await(READY);
        return new PlaygrantServer(process, Integer.parseInt(ready.group(1)), Integer.parseInt(ready.group(2)));
    }

    /** Begins to start it, and returns at once. */
    public static ServerProcess launch(Path data, Map<String, String> settings) throws IOException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("PLAYGRANT_DATA_DIR", data.toString());
        return ServerProcess.start(
                List.of(Path.of("playgrant").toAbsolutePath().toString(), "serve"),
                environment,
                data.resolveSibling(data.getFileName() + ".log"));
    }

    public ProcessFigures figures() {
        return process.figures();
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
