package io.playgrant.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordQueryTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T12:00:00.25+01:00, 2026-11-23T11:00:00.25Z",
        "2026-11-23T12:00Z, 2026-11-23T12:00:00Z",
        "2026-12-31T23:59:60Z, 2026-12-31T23:59:59Z",
        "2026-12-31T15:59:60-08:00, 2026-12-31T23:59:59Z"
    })
    void time_isOfRfc3339_withOrWithoutSeconds(String text, Instant time) {
        assertThat(RecordQuery.time(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "today", "2026-11-23", "2026-12-31T12:00:60Z", "0000-12-31T23:59:59Z"})
    void time_isNothingElse(String text) {
        assertThat(RecordQuery.time(text)).isEmpty();
    }
}
