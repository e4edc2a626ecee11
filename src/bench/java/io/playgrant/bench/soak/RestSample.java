package io.playgrant.bench.soak;

import io.playgrant.bench.measure.ProcessFigures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a server holds while nobody asks it.
 *
 * @param heap the megabytes of the heap in use after a full collection
 * @param threads the number of threads
 * @param sockets the number of connections and listeners
 * @param files the number of open files, connections included
 */
record RestSample(double heap, double threads, double sockets, double files) {

    /** A generation or the whole heap, as {@code GC.heap_info} lists them; not the memory of classes. */
    private static final Pattern USED = Pattern.compile("(?m)^ (?! *Metaspace| *class space).*total.*, used (\\d+)K");

    /** Has a server collect its garbage, and looks at it. */
    static RestSample take(ProcessFigures server) throws IOException, InterruptedException {
        jcmd(server.pid(), "GC.run");
        double heap = heap(jcmd(server.pid(), "GC.heap_info"));
        return new RestSample(heap, server.threads(), server.sockets(), server.openFiles());
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
        return output;
    }

    /** The megabytes in use. */
    static double heap(String heapInfo) {
        return USED.matcher(heapInfo)
                        .results()
                        .mapToLong(found -> Long.parseLong(found.group(1)))
                        .sum()
                * 1_024
                / 1e6;
    }
}
