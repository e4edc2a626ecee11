package io.playgrant.token;

import java.util.List;
import java.util.Objects;

/**
 * One parameter of a request, as it was sent: its values in order, without the empty ones.
 *
 * <p>The values may be secrets, so {@link #toString()} leaves them out.
 *
 * @param name as in the protocol, with its index if it has one
 * @param values as sent, percent-decoded; none if the parameter is absent
 * @param malformed whether some value was not percent-encoded UTF-8
 */
public record Parameter(String name, List<String> values, boolean malformed) {

    /** A parameter with no value. */
    static Parameter absent(String name) {
        return new Parameter(name, List.of(), false);
    }

    /** Whether it was not sent, or empty. */
    public boolean isAbsent() {
        return values.isEmpty() && !malformed;
    }

    /** Whether it was sent exactly once and could be decoded. */
    public boolean isSingle() {
        return values.size() == 1 && !malformed;
    }

    /**
     * The only value.
     *
     * @throws IllegalStateException unless {@link #isSingle()}
     */
    public String value() {
        if (!isSingle()) {
            throw new IllegalStateException(name + " has no single value");
        }
        return values.get(0);
    }

    /**
     * The only value as a whole number.
     *
     * @throws IllegalStateException unless {@link #isSingle()}
     * @throws NumberFormatException if it is no number; the message is left to the caller, who validates first
     */
    public int intValue() {
        return Integer.parseInt(value());
    }

    /** The number after the dot, 0 if there is none. */
    public int index() {
        return KeyIndexes.indexOf(name).orElse(0);
    }

    /** The name only. */
    @Override
    public String toString() {
        return name + (isAbsent() ? " (absent)" : "=***");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parameter that
                && name.equals(that.name)
                && values.equals(that.values)
                && malformed == that.malformed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, values, malformed);
    }
}
