package io.playgrant.console;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.error.ErrorCode;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.RedemptionRecord.Kind;
import io.playgrant.record.TokenRecord;
import io.playgrant.usage.RequestTimes;
import io.playgrant.usage.RequestTimes.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** Counts of a week of requests, busy in the evening, with an hour in which players come with expired tokens. */
final class SampleTraffic {

    private static final int DAYS = 7;
    private static final int MINUTES_OF_A_DAY = 1_440;
    private static final int MINUTES_OF_AN_HOUR = 60;
    private static final double SECONDS_OF_AN_HOUR = 3_600;
    private static final int HOURS_OF_A_DAY = 24;
    private static final double BUSIEST_HOUR = 20;
    private static final double NANOS_OF_A_MILLI = 1e6;
    private static final List<ErrorCode> REFUSALS = List.of(
            ErrorCode.INVALID_AUTHENTICATOR,
            ErrorCode.ACCOUNT_DISABLED,
            ErrorCode.INVALID_IP_ADDRESS,
            ErrorCode.KEY_STORAGE_FAILED,
            ErrorCode.INVALID_TOKEN);

    private final Application application;
    private final List<Long> accounts;
    private final Random random = new Random(16);

    private SampleTraffic(Application application, List<Long> accounts) {
        this.application = application;
        this.accounts = accounts;
    }

    /** Adds the counts of requests of these accounts. */
    static void add(Application application, List<Long> accounts) {
        new SampleTraffic(application, accounts).add();
    }

    private void add() {
        Instant end = application.clock().instant().truncatedTo(ChronoUnit.MINUTES);
        List<TokenRecord> records = new ArrayList<>();
        List<Bucket> times = new ArrayList<>();
        for (int ago = DAYS * MINUTES_OF_A_DAY; ago > 0; ago--) {
            Instant minute = end.minus(Duration.ofMinutes(ago));
            double load = load(minute);
            addRecords(records, minute, load, ago > 190 && ago < 230);
            addTimes(times, "http", minute, load, 1);
            addTimes(times, "license", minute, load, 7);
            if (ago % MINUTES_OF_AN_HOUR == 1) {
                write(records, times);
                records.clear();
                times.clear();
            }
        }
    }

    private void write(List<TokenRecord> records, List<Bucket> times) {
        application.database().inTransaction(transaction -> {
            application.usage().count(transaction, records);
            return records.size();
        });
        application.requestTimes().add(times);
    }

    /** From almost 0 at night to 1 in the evening. */
    private static double load(Instant at) {
        double hour = at.getEpochSecond() / SECONDS_OF_AN_HOUR % HOURS_OF_A_DAY;
        double wave = (1 + Math.cos((hour - BUSIEST_HOUR) / HOURS_OF_A_DAY * 2 * Math.PI)) / 2;
        return 0.08 + wave * wave;
    }

    private void addRecords(List<TokenRecord> records, Instant minute, double load, boolean hasExpired) {
        int tokens = (int) (90 * load * (0.93 + random.nextDouble() * 0.14));
        int licences = (int) (tokens * (0.82 + random.nextDouble() * 0.1));
        add(records, tokens, i -> record(minute, TokenRecord.ISSUED, null));
        add(records, licences, i -> record(minute, TokenRecord.ISSUED, redemption()));
        add(
                records,
                random.nextInt(3),
                i -> record(
                        minute, REFUSALS.get(random.nextInt(REFUSALS.size())).number(), null));
        if (hasExpired) {
            add(records, 16 + random.nextInt(4), i -> record(minute, ErrorCode.INVALID_TOKEN.number(), redemption()));
        }
    }

    private static void add(List<TokenRecord> records, int number, IntFunction<TokenRecord> record) {
        for (int i = 0; i < number; i++) {
            records.add(record.apply(i));
        }
    }

    private static RedemptionRecord redemption() {
        return new RedemptionRecord(Kind.LICENSE, null, "widevine-cloud", null, null);
    }

    private TokenRecord record(
            Instant minute, int code, @org.jspecify.annotations.Nullable RedemptionRecord redemption) {
        return new TokenRecord(
                minute,
                "sample",
                null,
                accounts.get(random.nextInt(accounts.size())),
                Environment.PRODUCTION,
                code,
                List.of(),
                null,
                null,
                TokenRecord.Source.HTTP,
                null,
                redemption);
    }

    /** Most requests take about as long as is typical, some longer. */
    private static void addTimes(List<Bucket> times, String source, Instant minute, double load, double typicalMillis) {
        for (Duration most : RequestTimes.BUCKETS) {
            double distance = Math.log(most.toNanos() / NANOS_OF_A_MILLI / (typicalMillis * (1 + load / 4)));
            long requests = Math.round(200 * load * Math.exp(-1.6 * distance * distance));
            if (requests > 0) {
                times.add(new Bucket(source, minute, most.toNanos() / 1_000, requests));
            }
        }
    }
}
