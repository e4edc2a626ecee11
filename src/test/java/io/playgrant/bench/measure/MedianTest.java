package io.playgrant.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void of_isTheValueInTheMiddle() {
        assertThat(Median.of(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
    }

    @Test
    void of_anEvenNumber_isTheMeanOfTheMiddleTwo() {
        assertThat(Median.of(List.of(9.0, 1.0, 5.0, 4.0))).isEqualTo(4.5);
    }

    @Test
    void of_nothing_isNoNumber() {
        assertThat(Median.of(List.of())).isNaN();
    }
}
