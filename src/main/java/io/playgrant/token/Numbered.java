package io.playgrant.token;

import java.util.function.ToIntFunction;

/** Enums that have a number in the protocol. */
final class Numbered {

    private Numbered() {}

    static <E extends Enum<E>> E pick(E[] values, ToIntFunction<E> numberOf, int number) {
        for (E value : values) {
            if (numberOf.applyAsInt(value) == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("out of range: " + number);
    }
}
