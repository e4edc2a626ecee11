package io.playgrant.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void parse_withoutArguments_hasDefaults() {
        assertThat(Options.parse(List.of()))
                .contains(new Options(List.of(), false, false, Path.of("target/bench/results"), 10));
    }

    @Test
    void parse_readsAll() {
        assertThat(Options.parse(List.of("http", "--quick", "--write", "--results=out", "--minutes=0.5", "soak")))
                .contains(new Options(List.of("http", "soak"), true, true, Path.of("out"), 0.5));
    }

    @Test
    void parse_ofAnUnknownOption_isEmpty() {
        assertThat(Options.parse(List.of("--fast"))).isEmpty();
        assertThat(Options.parse(List.of("--minutes=soon"))).isEmpty();
    }
}
