package io.playgrant.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table =
            Table.of("Speed", "server", "requests/s").row("ours, new", "12,000").row("bare", "9");

    @Test
    void text_isAligned() {
        assertThat(table.text()).isEqualTo("""
                Speed:
                  server    requests/s
                  ours, new     12,000
                  bare               9
                """);
    }

    @Test
    void markdown_hasTheTitleAbove() {
        assertThat(table.markdown()).isEqualTo("""
                **Speed**

                | server | requests/s |
                |---|--:|
                | ours, new | 12,000 |
                | bare | 9 |
                """);
    }

    @Test
    void csv_quotesCommas() {
        assertThat(table.csv()).isEqualTo("server,requests/s\n\"ours, new\",\"12,000\"\nbare,9\n");
    }

    @Test
    void row_ofAnotherLength_isRefused() {
        assertThatThrownBy(() -> table.row("one")).isInstanceOf(IllegalArgumentException.class);
    }
}
