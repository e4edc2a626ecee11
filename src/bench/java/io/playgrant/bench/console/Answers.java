package io.playgrant.bench.console;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.TokenRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Records of answers like those of a service with some hundred films. */
final class Answers {

    private static final int BURST = 10;
    private static final int REFUSED = -2019;
    private static final RedemptionRecord LICENSE =
            new RedemptionRecord(RedemptionRecord.Kind.LICENSE, null, "widevine-cloud", "OK", null);
    private static final List<List<KeyId>> KIDS = IntStream.range(0, 200)
            .mapToObj(i -> List.of(KeyId.ofName("film " + i)))
            .toList();

    private Answers() {}

    /** An answer: one in 20 is a refusal, and one in four of the others a licence. */
    static TokenRecord of(Instant time, int number, long account) {
        boolean isRefused = number % 20 == 19;
        return new TokenRecord(
                time,
                "%016x".formatted(number),
                tokenId(number),
                account,
                Environment.PRODUCTION,
                isRefused ? REFUSED : TokenRecord.ISSUED,
                KIDS.get(number % KIDS.size()),
                "film",
                "customer " + number % 1_000,
                TokenRecord.Source.HTTP,
                "192.0.2.1",
                number % 4 == 3 && !isRefused ? LICENSE : null);
    }

    static String tokenId(int number) {
        return "%032x".formatted(number);
    }

    /** Writes records of the last 24 hours, in bursts of one account. */
    static void write(RecordWriter writer, List<Long> accounts, int records) throws InterruptedException {
        Duration day = Duration.ofDays(1);
        Instant begin = Instant.now().minus(day);
        Duration between = day.dividedBy(records / BURST + 1);
        for (int i = 0; i < records; i++) {
            writer.awaitRoom();
            int burst = i / BURST;
            Instant time = begin.plus(between.multipliedBy(burst)).plusMillis(i % BURST);
            writer.add(of(time, i, accounts.get(burst % accounts.size())));
        }
        while (writer.waiting() > 0) {
            Thread.sleep(1);
        }
    }
}
