package io.playgrant.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void documentedAnswers_areOnlyCounted() {
        tally.answer(200, "http://127.0.0.1/hms/wv/rights/?ExpressPlayToken=2G");
        tally.answer(400, "{\"code\":-7004,\"message\":\"\"}");
        tally.answer(400, "{\"code\":-7004,\"message\":\"\"}");
        tally.answer(503, "{\"code\":-4019,\"message\":\"\"}");
        tally.line("{\"id\":\"1\",\"licenseUrl\":\"http://127.0.0.1/hms/wv/rights/?ExpressPlayToken=2G\"}");
        tally.line("{\"id\":\"2\",\"error\":{\"code\":-2034,\"message\":\"\"}}");
        assertThat(tally.undocumented()).isEmpty();
        assertThat(tally.counts())
                .containsEntry("200, a token", 1L)
                .containsEntry("400, code -7004", 2L)
                .containsEntry("503, code -4019", 1L)
                .containsEntry("line, a token", 1L)
                .containsEntry("line, code -2034", 1L)
                .hasSize(5);
    }

    @Test
    void otherAnswers_areNoted() {
        tally.answer(500, "{\"code\":-7004,\"message\":\"\"}");
        tally.answer(502, "Bad Gateway");
        tally.answer(200, "");
        tally.line("{\"id\":\"2\",\"error\":{\"code\":-1}}");
        tally.failure("cut off");
        assertThat(tally.undocumented())
                .containsExactly(
                        "status 500 with code -7004",
                        "status 502 with an unreadable body",
                        "status 200 with code 0",
                        "a line with code -1",
                        "cut off");
    }
}
