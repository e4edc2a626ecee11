package io.playgrant.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeParameterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.75Z");

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "+0,2026-03-01T12:00:00Z",
                "+60,2026-03-01T12:01:00Z",
                " 60,2026-03-01T12:01:00Z",
                "+0000000060,2026-03-01T12:01:00Z",
                "+2592000,2026-03-31T12:00:00Z",
                "+9999999999,2343-01-20T05:46:39Z"
            })
    void parse_countsSecondsFromNow(String text, Instant time) {
        assertThat(TimeParameter.parse(text, NOW)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-01-02T03:04:05Z, 2027-01-02T03:04:05Z",
        "2027-01-02t03:04:05z, 2027-01-02T03:04:05Z",
        "2027-01-02T03:04:05.999999999Z, 2027-01-02T03:04:05Z",
        "2028-02-29T23:59:59Z, 2028-02-29T23:59:59Z",
        "2026-12-31T23:59:60Z, 2026-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
    })
    void parse_readsRfc3339WithZ(String text, Instant time) {
        assertThat(TimeParameter.parse(text, NOW)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+10000000000",
                "+",
                "",
                " ",
                "60",
                "-60",
                "+-60",
                "+6 0",
                "+\u0661",
                "2027-01-02T03:04:05",
                "2027-01-02T03:04:05+00:00",
                "2027-01-02T03:04:05Z ",
                "2027-01-02T24:00:00Z",
                "2027-01-02T23:60:00Z",
                "2027-01-02T12:00:60Z",
                "2027-02-29T00:00:00Z",
                "2027-00-01T00:00:00Z",
                "2027-01-00T00:00:00Z",
                "2027-01-02T03:04:05.Z",
                "2027-01-02T03:04:05,5Z",
                "12027-01-02T03:04:05Z",
                "+12027-01-02T03:04:05Z",
                "-2027-01-02T03:04:05Z"
            })
    void parse_refusesAnythingElse(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> TimeParameter.parse(text, NOW));
    }

    @Test
    void parse_doesNotQuoteTheText() {
        for (String text : new String[] {"2027-13-02T03:04:05Z", "2027-01-02T03:04:05+05:00"}) {
            assertThatExceptionOfType(DateTimeException.class)
                    .isThrownBy(() -> TimeParameter.parse(text, NOW))
                    .withMessageNotContaining("2027")
                    .withNoCause();
        }
    }

    @Test
    void parse_cutsOffAFractionOfAnyLength() {
        assertThat(TimeParameter.parse("2027-01-02T03:04:05.99999999999999Z", NOW))
                .isEqualTo(Instant.parse("2027-01-02T03:04:05Z"));
    }
}
