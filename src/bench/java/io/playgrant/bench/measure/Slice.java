package io.playgrant.bench.measure;

import io.playgrant.bench.measure.Wrk.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * A few seconds of load on one server.
 *
 * @param rate answers per second
 * @param p50 the median latency in milliseconds
 * @param p99 the latency that 1 % of the answers exceed, in milliseconds
 * @param processorMicros the processor time of the server for each answer, in microseconds
 * @param allocatedBytes the bytes that the server allocated for each answer
 */
public record Slice(double rate, double p50, double p99, double processorMicros, double allocatedBytes) {

    /**
     * Loads a server for a while.
     *
     * @param isRefused whether all answers are to be errors instead of successes
     */
    public static Slice measure(
            Load load, Duration time, ProcessFigures server, Allocation allocation, boolean isRefused)
            throws IOException, InterruptedException {
        Map<Long, Long> allocated = allocation.snapshot();
        double processor = server.processorSeconds();
        WrkReport report = Wrk.run(load, time);
        double used = server.processorSeconds() - processor;
        long bytes = allocation.since(allocated);
        check(load, report, isRefused);
        return new Slice(
                report.rate(),
                report.p50(),
                report.p99(),
                used * 1e6 / report.requests(),
                (double) bytes / report.requests());
    }

    private static void check(Load load, WrkReport report, boolean isRefused) {
        long expected = isRefused ? report.requests() : 0;
        if (report.failed() != expected || report.broken() > 0) {
            throw new IllegalStateException(load + ": " + report);
        }
    }
}
