package io.playgrant.bench.bulk;

import static io.playgrant.account.Environment.PRODUCTION;

import io.playgrant.contentkey.KeyId;
import io.playgrant.record.TokenRecord;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Records like those of a service with some hundred films. Their parts are made beforehand, so that making them is not measured. */
final class SampleRecords {

    private static final String[] IDS = ids();
    private static final List<List<KeyId>> KIDS = IntStream.range(0, 200)
            .mapToObj(i -> List.of(KeyId.ofName("film " + i)))
            .toList();

    private SampleRecords() {}

    static TokenRecord of(Instant time, int number, long account) {
        return new TokenRecord(
                time,
                IDS[number % IDS.length].substring(16),
                IDS[number % IDS.length],
                account,
                PRODUCTION,
                TokenRecord.ISSUED,
                KIDS.get(number % KIDS.size()),
                "film",
                "a cookie",
                TokenRecord.Source.HTTP,
                "192.0.2.1", null);
    }

    private static String[] ids() {
        Random random = new Random(1);
        return IntStream.range(0, 10_000)
                .mapToObj(i -> "%016x%016x".formatted(random.nextLong(), random.nextLong()))
                .toArray(String[]::new);
    }
}
