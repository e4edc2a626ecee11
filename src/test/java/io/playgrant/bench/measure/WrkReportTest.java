package io.playgrant.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WrkReportTest {

    private static final String HEAD = """
            Running 4s test @ http://127.0.0.1:8080/hms/wv/token
              1 threads and 32 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     2.13ms    1.01ms  30.12ms   88.06%
                Req/Sec    15.03k     1.02k   17.20k    75.00%
              Latency Distribution
                 50%  812.00us
                 75%    1.20ms
                 90%    3.40ms
                 99%    1.05s\s
              60123 requests in 4.00s, 30.01MB read
            """;
    private static final String TAIL = """
            Requests/sec:  15030.75
            Transfer/sec:      7.50MB
            """;

    @Test
    void parse_readsRateAndLatency_inMilliseconds() {
        assertThat(WrkReport.parse(HEAD + TAIL)).isEqualTo(new WrkReport(60_123, 15_030.75, 0.812, 1_050, 0, 0));
    }

    @Test
    void parse_countsFailedAnswers_andBrokenConnections() {
        String trouble = "  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 60123\n";
        WrkReport report = WrkReport.parse(HEAD + trouble + TAIL);
        assertThat(report.failed()).isEqualTo(60_123);
        assertThat(report.broken()).isEqualTo(10);
    }

    @Test
    void parse_refusesOtherOutput() {
        assertThatThrownBy(() -> WrkReport.parse("unable to connect"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unable to connect");
    }
}
