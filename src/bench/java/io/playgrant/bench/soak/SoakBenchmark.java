package io.playgrant.bench.soak;

import io.playgrant.bench.Benchmark;
import io.playgrant.bench.Options;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Report;
import io.playgrant.bench.report.Table;
import io.playgrant.bench.soak.SoakInstallation.Hiccup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A long run at full load, singly and in streams, while accounts change, the key ring rotates and the database fails. The load pauses now
 * and then, and the server is looked at while it rests. Fails if an answer is not documented, or if something grows.
 */
public final class SoakBenchmark implements Benchmark {

    /** One after the other, one in each round. */
    private static final List<Hiccup> HICCUPS =
            List.of(Hiccup.DATABASE_HANGS, Hiccup.NETWORK_HANGS, Hiccup.CONNECTIONS_DROP);

    private static final Duration HICCUP = Duration.ofSeconds(5);
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    /** Connections are closed, records written, and threads of a busy time ended. */
    private static final Duration REST = Duration.ofSeconds(4);

    private static final int FEWEST_SAMPLES = 6;

    @Override
    public Report run(Options options, Path folder) throws Exception {
        Tally tally = new Tally();
        List<RestSample> samples = new ArrayList<>();
        boolean alive = true;
        long end = System.nanoTime() + (long) (options.minutes() * 60e9);
        try (SoakInstallation installation = SoakInstallation.start(folder.resolve("data"))) {
            Callers callers = new Callers();
            Changes changes = new Changes(installation, callers);
            changes.makeFirstAccount();
            while (alive && (System.nanoTime() < end || samples.size() < FEWEST_SAMPLES)) {
                Hiccup hiccup = HICCUPS.get(samples.size() % HICCUPS.size());
                options.progress("round " + (samples.size() + 1) + ", " + hiccup);
                try (LoadThreads load = new LoadThreads(installation.server().port(), callers, tally)) {
                    disturb(installation, changes, hiccup);
                }
                Thread.sleep(REST.toMillis());
                alive = installation.server().process().isAlive();
                if (alive) {
                    samples.add(RestSample.take(installation.server().figures()));
                }
            }
        }
        Report report = report(tally, samples);
        return alive ? report : report.problem("the server has ended");
    }

    private static void disturb(SoakInstallation installation, Changes changes, Hiccup hiccup) throws Exception {
        changes.changeAccounts();
        changes.rotateRing();
        Thread.sleep(BETWEEN.toMillis());
        hiccup.begin(installation);
        Thread.sleep(HICCUP.toMillis());
        hiccup.end(installation);
        Thread.sleep(BETWEEN.toMillis());
        changes.changeAccounts();
        Thread.sleep(BETWEEN.toMillis());
    }

    private static Report report(Tally tally, List<RestSample> samples) {
        Table answers = Table.of("Answers", "status, code", "count");
        tally.counts().forEach((answer, count) -> answers.row(answer, Numbers.count(count)));
        Table rest = Table.of("At rest, medians of the first and the last third of samples", "", "first", "last", "limit");
        List<Flatness> all = Flatness.of(samples);
        all.forEach(one ->
                rest.row(one.name(), Numbers.of(one.first()), Numbers.of(one.last()), Numbers.of(one.most())));
        Table data = Table.of("Samples", "heap", "threads", "sockets", "files");
        samples.forEach(sample -> data.row(
                Double.toString(sample.heap()),
                Double.toString(sample.threads()),
                Double.toString(sample.sockets()),
                Double.toString(sample.files())));
        List<String> problems = new ArrayList<>(tally.undocumented());
        all.stream().filter(one -> !one.isFlat()).map(Flatness::problem).forEach(problems::add);
        Report report = new Report("soak").table(answers).table(rest).data("samples", data);
        problems.forEach(report::problem);
        return report;
    }
}
