package io.playgrant.token;

import java.util.Arrays;
import java.util.function.ToIntFunction;

/** Enums that have a number in the protocol. */
final class Numbered {

    private Numbered() {}

    static <E extends Enum<E>> E pick(E[] values, ToIntFunction<E> numberOf, int number) {
        return Arrays.stream(values)
                .filter(value -> numberOf.applyAsInt(value) == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("out of range: " + number));
    }
}
