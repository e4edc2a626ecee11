package io.playgrant.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CreditGaugesTest {

    private final Metrics metrics = new Metrics();
    private final CreditGauges gauges = new CreditGauges(metrics.registry());

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void accounts_areShownWithWhatTheyHaveLeft_untilTheyAreGone() {
        gauges.show(Map.of(1001L, 7L, 1002L, 0L));
        assertThat(shown())
                .containsExactlyInAnyOrder(
                        "playgrant_credits{account=\"1001\"} 7.0", "playgrant_credits{account=\"1002\"} 0.0");
        gauges.show(Map.of(1001L, 6L, 1003L, 1L));
        assertThat(shown())
                .containsExactlyInAnyOrder(
                        "playgrant_credits{account=\"1001\"} 6.0", "playgrant_credits{account=\"1003\"} 1.0");
        gauges.show(Map.of());
        assertThat(shown()).isEmpty();
        gauges.show(Map.of(1001L, 5L));
        assertThat(shown()).containsExactly("playgrant_credits{account=\"1001\"} 5.0");
    }

    /** What is scraped comes in no order that is known: other gauges before and after it change the credits meanwhile. */
    @Test
    void accountWhoseCreditsChangeDuringAScrape_isInItOnce() {
        AtomicLong left = new AtomicLong(1_000_000);
        gauges.show(Map.of(1001L, left.get()));
        for (int i = 0; i < 100; i++) {
            Gauge.builder("test.change." + i, () -> {
                        gauges.show(Map.of(1001L, left.decrementAndGet()));
                        return 0;
                    })
                    .register(metrics.registry());
        }
        for (int scrape = 0; scrape < 20; scrape++) {
            assertThat(shown()).hasSize(1);
        }
        assertThat(left).hasValue(1_000_000 - 100 * 20);
    }

    private List<String> shown() {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith("playgrant_credits{"))
                .toList();
    }
}
