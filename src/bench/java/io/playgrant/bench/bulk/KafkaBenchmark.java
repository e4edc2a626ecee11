package io.playgrant.bench.bulk;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Accounts;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.bench.Benchmark;
import io.playgrant.bench.Options;
import io.playgrant.bench.bulk.KafkaContest.Load;
import io.playgrant.bench.measure.Rounds;
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

/** Requests over Kafka: the route against a plain loop, in turns. */
public final class KafkaBenchmark implements Benchmark {

    private static final int REQUESTS = 100_000;
    private static final int ROUNDS = 5;
    private static final int FEW_REQUESTS = 20_000;
    private static final int FEW_ROUNDS = 1;
    private static final int BATCH = 1_000;

    /** Batches take less time; as short runs measure the beginning, there are more of them. */
    private static final int MORE = 2;

    private static final int CREDITS = 1_000_000_000;
    private static final long SEED = 13;

    private static final String OURS = "Playgrant, single messages";
    private static final String LOOP = "plain loop, single messages";
    private static final String OUR_BATCHES = "Playgrant, batches of 1,000";
    private static final String LOOP_BATCHES = "plain loop, batches of 1,000";
    private static final String CHARGED = "Playgrant, single messages, charged";
    private static final String CHARGED_BATCHES = "Playgrant, batches of 1,000, charged";

    @Override
    public Report run(Options options, Path folder) throws Exception {
        int requests = options.quick() ? FEW_REQUESTS : REQUESTS;
        try (KafkaContest contest = new KafkaContest(folder)) {
            Map<String, Callable<Double>> contenders = contenders(contest, requests);
            options.progress("warm-up");
            Rounds.run(1, contenders, new Random(SEED));
            options.progress("measurement");
            Rounds<Double> rates = Rounds.run(options.quick() ? FEW_ROUNDS : ROUNDS, contenders, new Random(SEED));
            return report(rates, requests);
        }
    }

    private static Map<String, Callable<Double>> contenders(KafkaContest contest, int requests) {
        String unlimited;
        String limited;
        try (Application application = contest.application("")) {
            unlimited = authenticator(application.accounts().create("Unlimited", Profile.STRICT, List.of()));
            Accounts.Created created = application.accounts().create("Limited", Profile.STRICT, List.of());
            limited = authenticator(created);
            application.accounts().change(created.account().number(), AccountChange.credits(Limit.of(CREDITS)));
        }
        Load singles = new Load(requests, 1, unlimited);
        Load batches = new Load(MORE * requests, BATCH, unlimited);
        Map<String, Callable<Double>> contenders = new LinkedHashMap<>();
        contenders.put(OURS, () -> contest.ours(singles));
        contenders.put(LOOP, () -> contest.plain(singles));
        contenders.put(OUR_BATCHES, () -> contest.ours(batches));
        contenders.put(LOOP_BATCHES, () -> contest.plain(batches));
        contenders.put(CHARGED, () -> contest.ours(new Load(requests, 1, limited)));
        contenders.put(CHARGED_BATCHES, () -> contest.ours(new Load(MORE * requests, BATCH, limited)));
        return contenders;
    }

    private static String authenticator(Accounts.Created created) {
        return created.authenticator(Environment.PRODUCTION).reveal();
    }

    private static Report report(Rounds<Double> rates, int requests) {
        Table medians = Table.of("Requests over Kafka, medians", "", "requests/s", "÷ the plain loop");
        medians.row(OURS, rate(rates, OURS), ratio(rates, OURS, LOOP));
        medians.row(LOOP, rate(rates, LOOP), "1");
        medians.row(CHARGED, rate(rates, CHARGED), ratio(rates, CHARGED, LOOP));
        medians.row(OUR_BATCHES, rate(rates, OUR_BATCHES), ratio(rates, OUR_BATCHES, LOOP_BATCHES));
        medians.row(LOOP_BATCHES, rate(rates, LOOP_BATCHES), "1");
        medians.row(CHARGED_BATCHES, rate(rates, CHARGED_BATCHES), ratio(rates, CHARGED_BATCHES, LOOP_BATCHES));
        Table all = Table.of("Rounds", "contender", "round", "rate");
        for (String name : rates.names()) {
            int round = 0;
            for (double rate : rates.of(name)) {
                all.row(name, Integer.toString(round++), Double.toString(rate));
            }
        }
        return new Report("kafka")
                .note("Each measurement is of " + Numbers.count(requests) + " requests, " + MORE + " times as many in batches, on "
                        + KafkaContest.PARTITIONS + " partitions, after as many for warming up.")
                .table(medians)
                .data("rounds", all)
                .figure(Figure.KAFKA_SINGLE, rates.ratio(OURS, LOOP, rate -> rate))
                .figure(Figure.KAFKA_BATCHES, rates.ratio(OUR_BATCHES, LOOP_BATCHES, rate -> rate));
    }

    private static String rate(Rounds<Double> rates, String name) {
        return Numbers.of(rates.median(name, rate -> rate));
    }

    private static String ratio(Rounds<Double> rates, String name, String other) {
        return Numbers.of(rates.ratio(name, other, rate -> rate));
    }
}
