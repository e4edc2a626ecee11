package io.playgrant.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.Records;
import io.playgrant.record.TokenRecord;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** The records that answers have left. */
public final class RecordedAnswers {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private RecordedAnswers() {}

    /** All those of an account's production environment, once there are so many; there must not be more. */
    public static List<TokenRecord> await(Records records, long account, int count) {
        RecordQuery all =
                new RecordQuery(account, Environment.PRODUCTION, RecordQuery.Filter.NONE, null, null, null, 1_000);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> records.find(all).records().size() >= count);
        List<TokenRecord> found = records.find(all).records();
        assertThat(found).hasSize(count);
        return found;
    }
}
