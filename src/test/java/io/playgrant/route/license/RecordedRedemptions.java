package io.playgrant.route.license;

import static org.awaitility.Awaitility.await;

import io.playgrant.app.Application;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.TokenRecord;
import io.playgrant.token.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The records that redemptions of a token have left. */
final class RecordedRedemptions {

    private RecordedRedemptions() {}

    /** So far, newest first. */
    static List<TokenRecord> of(Application application, Claims token) {
        RecordQuery.Filter filter = new RecordQuery.Filter(null, token.tokenId(), null, null);
        return application
                .records()
                .find(new RecordQuery(token.account(), token.environment(), filter, null, null, null, 100)
                        .bounded(Instant.now()))
                .records();
    }

    /** The first one, once it is there. */
    static TokenRecord first(Application application, Claims token) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !of(application, token).isEmpty());
        List<TokenRecord> found = of(application, token);
        return found.get(found.size() - 1);
    }

    /** The part of a record that only redemptions have. */
    static RedemptionRecord redemption(TokenRecord record) {
        return Objects.requireNonNull(record.redemption());
    }

    /** The device of a redemption. */
    static RedemptionRecord.Device device(TokenRecord record) {
        return Objects.requireNonNull(redemption(record).device());
    }

    /** Why a redemption was refused. */
    static String reason(TokenRecord record) {
        return Objects.requireNonNullElse(redemption(record).reason(), "");
    }
}
