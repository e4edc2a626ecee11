package io.playgrant.bench.packager;

import io.playgrant.bench.Benchmark;
import io.playgrant.bench.Options;
import io.playgrant.bench.measure.Median;
import io.playgrant.bench.measure.OpenLoop;
import io.playgrant.bench.report.Figure;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Report;
import io.playgrant.bench.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The latency of known keys at 1,000 requests per second, and of first requests, which draw keys. */
public final class PackagerBenchmark implements Benchmark {

    private static final int CONNECTIONS = 32;
    private static final int RATE = 1_000;
    private static final int FIRST_REQUESTS = 200;
    private static final int MEDIAN = 50;
    private static final int P99 = 99;
    private static final int MOST_ROUNDS = 5;

    @Override
    public Report run(Options options, Path folder) throws Exception {
        int rounds = options.quick() ? 1 : MOST_ROUNDS;
        Duration slice = Duration.ofSeconds(options.quick() ? 2 : 10);
        Report report = new Report("packager");
        try (KeyServer server = KeyServer.start(folder)) {
            options.progress("first requests");
            List<Double> first = server.firstRequests(FIRST_REQUESTS);
            options.progress("known keys");
            Map<String, byte[]> dialects = new LinkedHashMap<>();
            dialects.put("Widevine, five keys", server.widevine());
            dialects.put("nginx-vod, one key", server.nginxVod());
            Table table = Table.of("Known keys at 1,000 requests per second", "", "p50 ms", "p99 ms");
            for (Map.Entry<String, byte[]> dialect : dialects.entrySet()) {
                ask(server, dialect.getValue(), slice);
                List<OpenLoop.Result> results = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    results.add(ask(server, dialect.getValue(), slice));
                }
                double p99 = Median.of(
                        results.stream().map(result -> result.millis(P99)).toList());
                table.row(
                        dialect.getKey(),
                        Numbers.of(Median.of(results.stream()
                                .map(result -> result.millis(MEDIAN))
                                .toList())),
                        Numbers.of(p99));
                if (dialect.getKey().startsWith("Widevine")) {
                    report.figure(Figure.PACKAGER_P99, p99);
                }
            }
            table.row("a first request, one after the other", Numbers.of(Median.of(first)), "");
            report.table(table);
        }
        return report;
    }

    private static OpenLoop.Result ask(KeyServer server, byte[] request, Duration time)
            throws IOException, InterruptedException {
        return OpenLoop.run(server.port(), request, CONNECTIONS, RATE, time);
    }
}
