package io.playgrant.route.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryDelaysTest {

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final RetryDelays delays = new RetryDelays(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void delays_grow_untilASuccess() {
        assertThat(IntStream.range(0, 7)
                        .mapToObj(i -> delays.failed("a", "away").delay().toMillis()))
                .containsExactly(250L, 500L, 1_000L, 2_000L, 4_000L, 5_000L, 5_000L);
        delays.succeeded("a");
        assertThat(delays.failed("a", "away").delay()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void firstFailure_isNew() {
        assertThat(delays.failed("a", "away").isNew()).isTrue();
        now = now.plusSeconds(1);
        assertThat(delays.failed("a", "away").isNew()).isFalse();
    }

    @Test
    void failure_isAProblem_onceItLasts_asLongAsItLasts() {
        delays.failed("kafka:requests/3", "away");
        assertThat(delays.problem()).isEmpty();
        now = now.plusSeconds(5);
        delays.failed("kafka:requests/3", "still away");
        assertThat(delays.problem()).contains("kafka:requests/3 has failed since 2026-11-23T10:00:00Z: still away");
        delays.succeeded("kafka:requests/3");
        assertThat(delays.problem()).isEmpty();
    }

    @Test
    void queueThatIsReadElsewhere_isNoProblemAfterAWhile() {
        delays.failed("a", "away");
        now = now.plus(Duration.ofMinutes(5));
        assertThat(delays.problem()).isEmpty();
    }
}
