package io.playgrant.token;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One parameter of a request as sent: its values in order, without empty ones.
 *
 * <p>The values may be secrets, so {@link #toString()} leaves them out.
 *
 * @param name as in the protocol, with its index if it has one
 * @param values the values as sent, percent-decoded; none if the parameter is absent
 * @param malformed whether any value was not percent-encoded UTF-8
 */
public record Parameter(String name, List<String> values, boolean malformed) {

    /** Most parameters of most requests are absent, so that all requests share them. */
    private static final Map<String, Parameter> ABSENT = ParameterNames.all()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), name -> new Parameter(name, List.of(), false)));

    /** A parameter with no value. */
    static Parameter absent(String name) {
        Parameter shared = ABSENT.get(name);
        return shared == null ? new Parameter(name, List.of(), false) : shared;
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
     * @throws NumberFormatException if it is not a number; callers validate first
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
