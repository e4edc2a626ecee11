package io.playgrant.bench.start;

import io.playgrant.bench.measure.RequestCount;
import io.playgrant.bench.measure.Wrk.Load;
import io.playgrant.bench.measure.Wrk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The first seconds of a server under load.
 *
 * @param firstToken the seconds from the start of the process to the first token
 * @param counts the number of answers at the end of each half second since then
 * @param resident the resident memory in megabytes after {@value #REQUESTS} answers
 */
record FirstSeconds(double firstToken, List<Long> counts, double resident) {

    /** After so many answers the memory is looked at. */
    static final int REQUESTS = 100_000;

    private static final int CONNECTIONS = 32;
    private static final int PER_SECOND = 2;
    private static final int FIRST = 10;
    private static final int LAST = 5;

    /**
     * Starts a server, loads it from its first token on, and ends it.
     *
     * @param time at least ten seconds
     */
    static FirstSeconds measure(StartedServer server, Duration time) throws IOException, InterruptedException {
        try (server) {
            long begin = System.nanoTime();
            Process load = Wrk.start(Load.get(server.url(), CONNECTIONS), time);
            RequestCount count = new RequestCount(server.managementPort());
            List<Long> counts = new ArrayList<>();
            double resident = Double.NaN;
            for (int half = 1; half <= time.toSeconds() * PER_SECOND; half++) {
                long due = begin + half * 1_000_000_000L / PER_SECOND;
                Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
                long now = count.successes();
                counts.add(now);
                if (Double.isNaN(resident) && now >= REQUESTS) {
                    resident = server.figures().residentMegabytes();
                }
            }
            load.waitFor();
            while (Double.isNaN(resident)) {
                Wrk.run(Load.get(server.url(), CONNECTIONS), Duration.ofSeconds(1));
                if (count.successes() >= REQUESTS) {
                    resident = server.figures().residentMegabytes();
                }
            }
            return new FirstSeconds(server.firstToken(), List.copyOf(counts), resident);
        }
    }

    /** The rate of the first ten seconds, divided by the warm rate. */
    double firstToWarm() {
        return counts.get(FIRST * PER_SECOND - 1) / (double) FIRST / warmRate();
    }

    /** Answers per second at the end of the load. */
    double warmRate() {
        int end = counts.size() - 1;
        return (counts.get(end) - counts.get(end - LAST * PER_SECOND)) / (double) LAST;
    }

    /** Answers per second in each half second. */
    List<Double> rates() {
        List<Double> rates = new ArrayList<>();
        long before = 0;
        for (long count : counts) {
            rates.add((double) (count - before) * PER_SECOND);
            before = count;
        }
        return rates;
    }
}
