package io.playgrant.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void verdict_ofAFigureThatIsToBeLow() {
        assertThat(Figure.PROCESSOR_TO_BARE.verdict(3.0)).isEqualTo("aim reached");
        assertThat(Figure.PROCESSOR_TO_BARE.verdict(3.8)).isEqualTo("reached");
        assertThat(Figure.PROCESSOR_TO_BARE.verdict(3.81)).isEqualTo("missed");
    }

    @Test
    void verdict_ofAFigureThatIsToBeHigh() {
        assertThat(Figure.THROUGHPUT_TO_BARE.verdict(0.5)).isEqualTo("aim reached");
        assertThat(Figure.THROUGHPUT_TO_BARE.verdict(0.36)).isEqualTo("reached");
        assertThat(Figure.THROUGHPUT_TO_BARE.verdict(0.35)).isEqualTo("missed");
    }
}
