package io.playgrant.bench.redeem;

import io.playgrant.bench.Benchmark;
import io.playgrant.bench.Options;
import io.playgrant.bench.measure.Median;
import io.playgrant.bench.measure.OpenLoop;
import io.playgrant.bench.measure.Rounds;
import io.playgrant.bench.measure.Slice;
import io.playgrant.bench.measure.Wrk;
import io.playgrant.bench.report.Figure;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Report;
import io.playgrant.bench.report.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/** Redemption beside issuing, many redemptions at a slow licence service, and the latency of the server's own part. */
public final class RedeemBenchmark implements Benchmark {

    private static final String ISSUE = "a token is issued";
    private static final String REDEEM = "it is redeemed with Clear Key";
    private static final String ALONE = "no redemptions";
    private static final String MEANWHILE = "500 redemptions at once, every second";
    private static final int P99 = 99;
    private static final int MOST_ROUNDS = 5;
    private static final long SEED = 14;

    @Override
    public Report run(Options options, Path folder) throws Exception {
        Wrk.require();
        int rounds = options.quick() ? 1 : MOST_ROUNDS;
        Duration slice = Duration.ofSeconds(options.quick() ? 1 : 4);
        Duration warmUp = Duration.ofSeconds(options.quick() ? 2 : 20);
        Report report = new Report("redeem");
        options.progress("Clear Key");
        clearKey(folder.resolve("clear-key"), rounds, slice, warmUp, report);
        options.progress("slow cloud");
        slowCloud(folder.resolve("slow-cloud"), rounds, slice, warmUp, report);
        return report;
    }

    private static void clearKey(Path folder, int rounds, Duration slice, Duration warmUp, Report report)
            throws Exception {
        Map<String, String> settings =
                Map.of("PLAYGRANT_LICENSE_SERVICE", "clear-key", "PLAYGRANT_CLEAR_KEY_IN_PRODUCTION", "true");
        try (RedemptionServer server = RedemptionServer.start(folder, settings)) {
            server.issue(warmUp);
            server.redeem(warmUp);
            Map<String, Callable<Slice>> both = new LinkedHashMap<>();
            both.put(ISSUE, () -> server.issue(slice));
            both.put(REDEEM, () -> server.redeem(slice));
            Rounds<Slice> measured = Rounds.run(rounds, both, new Random(SEED));
            Table table = Table.of(
                    "Redemption with Clear Key, 32 connections",
                    "",
                    "requests/s",
                    "p99 ms",
                    "processor µs/request",
                    "allocated KB/request");
            measured.names().forEach(name -> table.row(
                    name,
                    Numbers.of(measured.median(name, Slice::rate)),
                    Numbers.of(measured.median(name, Slice::p99)),
                    Numbers.of(measured.median(name, Slice::processorMicros)),
                    Numbers.of(measured.median(name, Slice::allocatedBytes) / 1_000)));
            report.table(table)
                    .figure(Figure.REDEEM_TO_ISSUE, measured.ratio(REDEEM, ISSUE, Slice::processorMicros))
                    .figure(
                            Figure.REDEEM_P99,
                            p99AtHalfLoad(server, measured.median(REDEEM, Slice::rate), rounds, slice));
        }
    }

    private static double p99AtHalfLoad(RedemptionServer server, double most, int rounds, Duration time)
            throws Exception {
        byte[] request = server.redemption(Players.CLEAR_KEY_REQUEST.getBytes(StandardCharsets.UTF_8));
        List<Double> latencies = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            latencies.add(OpenLoop.run(server.port(), request, RedemptionServer.CONNECTIONS, most / 2, time)
                    .millis(P99));
        }
        return Median.of(latencies);
    }

    private static void slowCloud(Path folder, int rounds, Duration slice, Duration warmUp, Report report)
            throws Exception {
        try (SlowCloud cloud = SlowCloud.start(folder)) {
            cloud.tokens(warmUp);
            cloud.redeemFor(warmUp.multipliedBy(2));
            List<Double> seconds = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                seconds.add(cloud.redeemAtOnce());
            }
            Map<String, Callable<Double>> both = new LinkedHashMap<>();
            both.put(ALONE, () -> cloud.tokens(slice));
            both.put(MEANWHILE, () -> cloud.tokensMeanwhile(slice));
            Rounds<Double> tokens = Rounds.run(rounds, both, new Random(SEED));
            Table table = Table.of("Tokens issued beside redemptions at a cloud that takes 100 ms", "", "tokens/s");
            tokens.names().forEach(name -> table.row(name, Numbers.of(tokens.median(name, rate -> rate))));
            report.table(table)
                    .figure(Figure.REDEEM_AT_ONCE, Median.of(seconds))
                    .figure(Figure.TOKENS_MEANWHILE, tokens.ratio(MEANWHILE, ALONE, rate -> rate));
        }
    }
}
