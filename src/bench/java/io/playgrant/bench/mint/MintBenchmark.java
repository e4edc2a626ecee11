package io.playgrant.bench.mint;

import io.playgrant.bench.Benchmark;
import io.playgrant.bench.Options;
import io.playgrant.bench.measure.Rounds;
import io.playgrant.bench.report.BarChart;
import io.playgrant.bench.report.Figure;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Report;
import io.playgrant.bench.report.Table;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Our mint beside bare AES-GCM, JWE and JWS of the same claims, and our unwrapping beside the JDK's, measured by JMH in turns. The
 * measured methods are in {@code src/jmh}, which only {@code ./bench} compiles.
 */
public final class MintBenchmark implements Benchmark {

    private static final int ROUNDS = 3;
    private static final List<Integer> THREADS = List.of(1, 2);
    private static final long SEED = 13;

    private static final String MINTING = "io.playgrant.bench.mint.Minting";
    private static final String MINT = "mint";
    private static final String CIPHER = "cipher";
    private static final String UNWRAP = "unwrap";
    private static final String UNWRAP_BY_JDK = "unwrapByJdk";

    /** The measured methods, and for each of them its name and the one that it is compared with. */
    private static final Map<String, List<String>> METHODS = methods();

    private static Map<String, List<String>> methods() {
        Map<String, List<String>> methods = new LinkedHashMap<>();
        methods.put(MINT, List.of("our mint", CIPHER));
        methods.put(CIPHER, List.of("bare AES-GCM", CIPHER));
        methods.put("jwe", List.of("Nimbus JWE, dir, A256GCM", CIPHER));
        methods.put("jws", List.of("Nimbus JWS, HS256", CIPHER));
        methods.put(UNWRAP, List.of("our unwrapping", UNWRAP_BY_JDK));
        methods.put(UNWRAP_BY_JDK, List.of("JDK's AESWrap", UNWRAP_BY_JDK));
        return methods;
    }

    @Override
    public Report run(Options options, Path folder) throws Exception {
        JmhProcess jmh = new JmhProcess(folder, options.quick());
        Report report = new Report("mint");
        for (int threads : THREADS) {
            options.progress(threads + " threads");
            Map<String, Callable<JmhProcess.Score>> contenders = new LinkedHashMap<>();
            METHODS.keySet()
                    .forEach(method -> contenders.put(
                            method, () -> jmh.run(MINTING + "." + method, threads)));
            Rounds<JmhProcess.Score> scores =
                    Rounds.run(options.quick() ? 1 : ROUNDS, contenders, new Random(SEED));
            report.table(table(threads, scores));
            if (threads == 1) {
                report.figure(Figure.MINT_TO_CIPHER, scores.ratio(MINT, CIPHER, JmhProcess.Score::nanos))
                        .chart("mint", "Time to mint a token beside others", chart(scores));
            }
        }
        return report;
    }

    private static Table table(int threads, Rounds<JmhProcess.Score> scores) {
        Table table = Table.of(
                threads == 1 ? "1 thread" : threads + " threads", "", "ns", "bytes allocated", "÷ bare AES-GCM, or JDK");
        METHODS.forEach((method, about) -> table.row(
                about.get(0),
                Numbers.of(scores.median(method, JmhProcess.Score::nanos)),
                Numbers.of(scores.median(method, JmhProcess.Score::bytes)),
                Numbers.of(scores.ratio(method, about.get(1), JmhProcess.Score::nanos))));
        return table;
    }

    private static String chart(Rounds<JmhProcess.Score> scores) {
        BarChart chart = new BarChart("Time ÷ bare AES-GCM, 1 thread").targets(Figure.MINT_TO_CIPHER);
        METHODS.forEach((method, about) -> {
            if (about.get(1).equals(CIPHER)) {
                chart.bar(about.get(0), scores.ratio(method, CIPHER, JmhProcess.Score::nanos));
            }
        });
        return chart.svg();
    }
}
