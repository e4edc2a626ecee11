package io.playgrant.bench.mint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.bench.measure.MissingToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs JMH in a process of its own. */
final class JmhProcess {

    private static final String MAIN = "org.openjdk.jmh.Main";
    private static final List<String> USUAL = List.of("-wi", "3", "-w", "1", "-i", "3", "-r", "1");
    private static final List<String> QUICK = List.of("-wi", "1", "-w", "1", "-i", "1", "-r", "1");

    private final Path folder;
    private final List<String> times;

    JmhProcess(Path folder, boolean quick) {
        try {
            Class.forName(MAIN, false, JmhProcess.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new MissingToolException("JMH is needed: run ./bench, which brings it");
        }
        this.folder = folder;
        this.times = quick ? QUICK : USUAL;
    }

    /**
     * A result.
     *
     * @param nanos the time of one call
     * @param bytes the bytes that one call allocates
     */
    record Score(double nanos, double bytes) {}

    /** Measures one method. */
    Score run(String method, int threads) throws IOException, InterruptedException {
        Path result = folder.resolve("jmh.json");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                method.replace(".", "\\.") + "$",
                "-f",
                "1",
                "-bm",
                "avgt",
                "-tu",
                "ns",
                "-t",
                Integer.toString(threads),
                "-prof",
                "gc",
                "-rf",
                "json",
                "-rff",
                result.toString()));
        command.addAll(times);
        Path log = folder.resolve("jmh.log");
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
        JsonNode first = new ObjectMapper().readTree(result.toFile()).get(0);
        return new Score(
                first.at("/primaryMetric/score").asDouble(),
                first.at("/secondaryMetrics/gc.alloc.rate.norm/score").asDouble());
    }
}
