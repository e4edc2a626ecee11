package io.playgrant.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "2027-01-02T03:04:05Z, 2027-01-02T03:04:05Z",
        "2027-01-02t03:04:05z, 2027-01-02T03:04:05Z",
        "2027-01-02T03:04:05.5Z, 2027-01-02T03:04:05.5Z",
        "2027-01-02T03:04:05.12345678999Z, 2027-01-02T03:04:05.123456789Z",
        "2031-01-01T01:00:00+01:00, 2031-01-01T00:00:00Z",
        "2030-12-31T22:30:00-01:30, 2031-01-01T00:00:00Z",
        "2028-02-29T00:00:00Z, 2028-02-29T00:00:00Z"
    })
    void parse_readsDateTimeAndOffset(String text, Instant time) {
        assertThat(Rfc3339.parse(text)).contains(time);
    }

    /** The second and third are the examples of RFC 3339 section 5.8. */
    @ParameterizedTest
    @CsvSource({
        "2026-12-31T23:59:60Z, 2026-12-31T23:59:59Z",
        "1990-12-31T23:59:60Z, 1990-12-31T23:59:59Z",
        "1990-12-31T15:59:60-08:00, 1990-12-31T23:59:59Z",
        "2027-01-01T00:59:60.75+01:00, 2026-12-31T23:59:59Z"
    })
    void parse_readsALeapSecondAsTheSecondBefore(String text, Instant time) {
        assertThat(Rfc3339.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+60",
                "2030-12-31",
                "2030-12-31T23:59Z",
                "2030-12-31T23:59:59",
                "2030-12-31 23:59:59Z",
                "2030-12-31T23:59:59.Z",
                "2030-12-31T23:59:59,5Z",
                "2030-12-31T23:59:59+0100",
                "2030-12-31T23:59:59+19:00",
                "2030-02-30T00:00:00Z",
                "2030-12-31T24:00:00Z",
                "2030-12-31T23:60:00Z",
                "2030-12-31T23:59:61Z",
                "2030-12-31T12:00:60Z",
                "2030-12-31T23:59:60+01:00",
                "12030-12-31T23:59:59Z",
                "2030-12-31T23:59:59Z\n"
            })
    void parse_refusesAnythingElse(String text) {
        assertThat(Rfc3339.parse(text)).isEmpty();
    }
}
