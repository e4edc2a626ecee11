package io.playgrant.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlatnessTest {

    @Test
    void of_comparesMediansOfTheFirstAndTheLastThird() {
        // One sample of each third is far off.
        List<Flatness> all = of(50, 51, 900, 300, 300, 300, 52, 53, 900);
        assertThat(all.get(0).first()).isEqualTo(51);
        assertThat(all.get(0).last()).isEqualTo(53);
        assertThat(all).allMatch(Flatness::isFlat);
    }

    @Test
    void of_findsGrowth_ofWhateverGrows() {
        List<Flatness> all = of(50, 50, 50, 60, 60, 60, 70, 70, 70);
        assertThat(all).extracting(Flatness::name).containsExactly("heap, MB", "threads", "sockets", "open files");
        assertThat(all).noneMatch(Flatness::isFlat);
        assertThat(all.get(1).problem()).isEqualTo("threads grew from 50.0 to 70.0, 56.0 would be no growth");
    }

    private static List<Flatness> of(int... values) {
        return Flatness.of(IntStream.of(values)
                .mapToObj(value -> new RestSample(value, value, value, value))
                .toList());
    }
}
