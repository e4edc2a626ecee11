package io.playgrant.bench;

import io.playgrant.TemporaryFolder;
import io.playgrant.bench.bulk.FilesBenchmark;
import io.playgrant.bench.bulk.KafkaBenchmark;
import io.playgrant.bench.bulk.KeysBenchmark;
import io.playgrant.bench.bulk.RecordsBenchmark;
import io.playgrant.bench.console.ConsoleBenchmark;
import io.playgrant.bench.growth.GrowthBenchmark;
import io.playgrant.bench.http.HttpBenchmark;
import io.playgrant.bench.measure.MissingToolException;
import io.playgrant.bench.mint.MintBenchmark;
import io.playgrant.bench.packager.PackagerBenchmark;
import io.playgrant.bench.redeem.RedeemBenchmark;
import io.playgrant.bench.report.Machine;
import io.playgrant.bench.report.PerformancePage;
import io.playgrant.bench.report.Report;
import io.playgrant.bench.report.Results;
import io.playgrant.bench.server.ClassCache;
import io.playgrant.bench.soak.SoakBenchmark;
import io.playgrant.bench.start.StartBenchmark;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ./bench}. */
public final class Benchmarks {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final String USAGE = """
            Usage: ./bench [--quick] [--write] [--results=FOLDER] [--minutes=N] [NAME …]
            Names: %s. All but soak if none is given.
              --quick           measures only briefly, to see that all works
              --write           writes the results into docs/performance.md
              --results=FOLDER  the folder for the results as data, target/bench/results by default
              --minutes=N       how long soak takes, 10 by default
            """;

    private Benchmarks() {}

    private static Map<String, Benchmark> all() {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("http", new HttpBenchmark());
        all.put("mint", new MintBenchmark());
        all.put("start", new StartBenchmark());
        all.put("growth", new GrowthBenchmark());
        all.put("files", new FilesBenchmark());
        all.put("records", new RecordsBenchmark());
        all.put("keys", new KeysBenchmark());
        all.put("kafka", new KafkaBenchmark());
        all.put("redeem", new RedeemBenchmark());
        all.put("packager", new PackagerBenchmark());
        all.put("console", new ConsoleBenchmark());
        all.put("soak", new SoakBenchmark());
        return all;
    }

    /** Runs those that are named. */
    public static void main(String[] arguments) throws Exception {
        Optional<Options> options = Options.parse(List.of(arguments));
        if (options.isEmpty() || !all().keySet().containsAll(options.get().names())) {
            System.err.print(USAGE.formatted(String.join(", ", all().keySet())));
            System.exit(MISUSED);
        }
        // Brokers leave threads behind.
        System.exit(run(options.orElseThrow()));
    }

    private static int run(Options options) throws Exception {
        List<String> names = options.names().isEmpty()
                ? all().keySet().stream().filter(name -> !name.equals("soak")).toList()
                : options.names();
        ClassCache.makeForDefaultJava();
        int status = 0;
        for (String name : names) {
            System.out.println(name + ":");
            try {
                status = Math.max(status, run(find(name), options));
            } catch (MissingToolException e) {
                System.err.println(name + ": " + e.getMessage());
                status = FAILED;
            }
        }
        return status;
    }

    private static Benchmark find(String name) {
        Benchmark benchmark = all().get(name);
        if (benchmark == null) {
            throw new IllegalArgumentException(name);
        }
        return benchmark;
    }

    private static int run(Benchmark benchmark, Options options) throws Exception {
        // Gigabytes come together.
        try (TemporaryFolder folder = TemporaryFolder.in(Path.of("target", "bench"))) {
            Report report = benchmark.run(options, folder.path().toAbsolutePath());
            report.note(Machine.description());
            if (options.quick()) {
                report.note("A short run, which shows only that the benchmark works.");
            }
            System.out.println(report.text());
            new Results(options.results()).write(report);
            if (options.write()) {
                new PerformancePage(Path.of("docs", "performance.md")).write(report);
            }
            report.problems().forEach(problem -> System.err.println(report.name() + ": " + problem));
            return report.problems().isEmpty() ? 0 : FAILED;
        }
    }
}
