package io.playgrant.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCursorTest {

    @Test
    void parse_readsWhatTextWrote() {
        for (Instant time : new Instant[] {
            Instant.parse("2026-11-23T12:00:00.123456Z"), Instant.EPOCH, Instant.parse("1969-12-31T23:59:59.999999Z")
        }) {
            RecordCursor cursor = new RecordCursor(time, 1_000_000);
            assertThat(cursor.text()).matches("[A-Za-z0-9_-]{16}");
            assertThat(RecordCursor.parse(cursor.text())).contains(cursor);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "!",
                "AAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                // The last and the first time of all, -1 shown, 1,000,001 shown.
                "f_________8AAAAA",
                "gAAAAAAAAAAAAAAA",
                "AAAAAAAAAAD_____",
                "AAAAAAAAAAAAD0JB"
            })
    void parse_isEmptyForAnythingElse(String text) {
        assertThat(RecordCursor.parse(text)).isEmpty();
    }
}
