package io.playgrant.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowReaderTest {

    private static final int ROWS = 1_000;

    /** The limit of each step. */
    private final List<Integer> limits = new ArrayList<>();

    @Test
    void steps_grow_upToTheLargestNumberOfRows() {
        assertThat(readAll(row -> 1, 64))
                .isEqualTo(IntStream.range(0, ROWS).boxed().toList());
        assertThat(limits.subList(0, 5)).containsExactly(4, 16, 64, 64, 64);
        assertThat(limits).allSatisfy(limit -> assertThat(limit).isLessThanOrEqualTo(64));
    }

    @Test
    void steps_shrink_ifRowsAreLarge() {
        assertThat(readAll(row -> row < 20 ? 1 : 400_000, 4_096)).hasSize(ROWS);
        // The third step begins before the first large row is known.
        assertThat(limits.subList(0, 5)).containsExactly(4, 16, 64, 10, 10);
    }

    private List<Integer> readAll(ToIntFunction<Integer> size, int most) {
        RowReader<Integer> reader = new RowReader<>(this::step, size, most);
        List<Integer> read = new ArrayList<>();
        while (reader.peek() != null) {
            read.add(reader.next());
        }
        return read;
    }

    private List<Integer> step(@Nullable Integer after, int limit) {
        limits.add(limit);
        int begin = after == null ? 0 : after + 1;
        return IntStream.range(begin, Math.min(ROWS, begin + limit)).boxed().toList();
    }
}
