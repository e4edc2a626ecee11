package io.playgrant.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));

    @Test
    void delay_doublesUpToTheLongest() {
        assertThat(IntStream.rangeClosed(0, 8).mapToLong(this::millis))
                .containsExactly(0L, 250L, 500L, 1000L, 2000L, 4000L, 5000L, 5000L, 5000L);
    }

    @Test
    void delay_staysTheLongest_howeverManyFail() {
        assertThat(millis(Integer.MAX_VALUE)).isEqualTo(5000);
        assertThat(new Backoff(Duration.ofSeconds(7), Duration.ofSeconds(5)).delay(1))
                .isEqualTo(Duration.ofSeconds(5));
    }

    private long millis(int failures) {
        return backoff.delay(failures).toMillis();
    }
}
