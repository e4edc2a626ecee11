package io.playgrant.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Limit;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTextTest {

    private static final Instant NOW = Instant.parse("2026-11-29T18:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 seconds ago",
        "PT1S, 1 second ago",
        "PT59.9S, 59 seconds ago",
        "PT1M, 1 minute ago",
        "PT59M59S, 59 minutes ago",
        "PT1H, 1 hour ago",
        "PT47H59M, 47 hours ago",
        "PT48H, 2 days ago",
        "P2000D, '2,000 days ago'",
        "PT-90M, in 1 hour",
        "P-3D, in 3 days",
    })
    void time_hasItsDistanceAsAHint(Duration ago, String hint) {
        assertThat(PageText.time(NOW.minus(ago), NOW)).containsEntry("hint", hint);
    }

    @Test
    void time_isInUtcAndExactForMachines() {
        assertThat(PageText.time(Instant.parse("2026-02-03T04:05:06.789Z"), NOW))
                .containsEntry("text", "2026-02-03 04:05:06")
                .containsEntry("iso", "2026-02-03T04:05:06.789Z");
        assertThat(PageText.timeOrNone(null, NOW)).isEqualTo(false);
    }

    @Test
    void numbers_haveTheirDigitsInGroups() {
        assertThat(PageText.grouped(1_234_567)).isEqualTo("1,234,567");
        assertThat(PageText.grouped(Limit.of(1_000))).isEqualTo("1,000");
        assertThat(PageText.grouped(Limit.NONE)).isEqualTo("any");
        assertThat(PageText.percent(1, 3)).isEqualTo("33.3 %");
    }
}
